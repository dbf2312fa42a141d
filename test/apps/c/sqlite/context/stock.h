/* Counts what is in the hold, by kind; 0 where it went well. */
int count_stock(const char *kind, int *count);
