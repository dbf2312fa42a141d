#include <stdio.h>

int main(int count, char **arguments) {
    for (int at = 1; at < count; at++) printf("%s %s\n", arguments[at], arguments[at]);
    return 0;
}
