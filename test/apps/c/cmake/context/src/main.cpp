#include "course.hpp"
#include <iostream>

int main() {
    int degrees;
    try {
        while (std::cin >> degrees) std::cout << point(degrees) << '\n';
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
