#include "course.hpp"
#include <stdexcept>

std::string point(int degrees) {
    if (degrees < 0 || degrees >= 360) throw std::out_of_range("no course of " + std::to_string(degrees));
    static const char *points[] = {"N", "NE", "E", "SE", "S", "SW", "W", "NW"};
    return points[(degrees + 22) / 45 % 8];
}
