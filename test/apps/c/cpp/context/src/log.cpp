#include <fstream>
#include <iostream>
#include <string>

int main() {
    std::ifstream log("data/log.txt");
    if (!log) {
        std::cerr << "no log\n";
        return 1;
    }
    int day = 0;
    for (std::string line; std::getline(log, line);) std::cout << "day " << ++day << ": " << line << '\n';
}
