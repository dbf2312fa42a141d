#pragma once
#include <string>

/// A course in degrees as a point of the compass.
std::string point(int degrees);
