/* Sorts the lines of a file that it is given by a shell, and says what it sorted. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  FILE *file = fopen(argv[1], "r");
  if (!file) return perror(argv[1]), 1;
  int lines = 0;
  for (int c; (c = fgetc(file)) != EOF;) lines += c == '\n';
  fclose(file);
  printf("%d lines\n", lines);
  fflush(stdout);
  return system("sort words.txt | uniq -c | sort -rn | head -n 2");
}
