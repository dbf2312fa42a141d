#include "stock.h"
#include <sqlite3.h>

static const char setup[] = "CREATE TABLE hold (kind TEXT, count INTEGER);"
                            "INSERT INTO hold VALUES ('rope', 20), ('tar', 3), ('rope', 4);";

int count_stock(const char *kind, int *count) {
    sqlite3 *hold;
    sqlite3_stmt *query;
    if (sqlite3_open(":memory:", &hold) || sqlite3_exec(hold, setup, 0, 0, 0)) return 1;
    sqlite3_prepare_v2(hold, "SELECT coalesce(sum(count), 0) FROM hold WHERE kind = ?", -1, &query, 0);
    sqlite3_bind_text(query, 1, kind, -1, SQLITE_STATIC);
    int failed = sqlite3_step(query) != SQLITE_ROW;
    *count = sqlite3_column_int(query, 0);
    sqlite3_finalize(query);
    return failed || sqlite3_close(hold);
}
