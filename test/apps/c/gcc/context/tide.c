#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments) {
    for (int at = 1; at < count; at++) {
        double hours = atof(arguments[at]);
        printf("%5.2f m\n", 3 + 2 * cos(hours * 2 * acos(-1) / 12.42));
    }
    if (count < 2) fputs("usage: tide HOUR...\n", stderr);
    return count < 2;
}
