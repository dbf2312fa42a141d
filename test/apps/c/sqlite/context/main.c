#include "stock.h"
#include <stdio.h>
#include <string.h>

int main(void) {
    char line[64];
    int count;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (count_stock(line, &count)) return 1;
        printf("%s: %d\n", line, count);
    }
    return 0;
}
