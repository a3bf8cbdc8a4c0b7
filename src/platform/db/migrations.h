/* migrations.h: the migrations of the program, generated into sql_migrations.c. */
#ifndef PLATFORM_DB_MIGRATIONS_H
#define PLATFORM_DB_MIGRATIONS_H

typedef struct SqlMigration {
    int number;                  /* 1, 2, 3 ... without gaps */
    const char *name;            /* "0001_machinery" */
    const char *checksum;        /* SHA-256 of the statements without comments and layout */
    const char *const *sqlite;   /* statements, NULL at the end */
    const char *const *postgres; /* the same for PostgreSQL */
} SqlMigration;

extern const SqlMigration sql_migrations[]; /* the place is number - 1 */
extern const int sql_migration_count;

#endif
