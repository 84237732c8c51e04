using System.IO;

namespace RuleService.Store;

/// <summary>The tables of the store in SQLite.</summary>
/// <remarks>All have a rowid, because <see cref="SqliteSalvage"/> reads damaged tables in its order.</remarks>
internal static class SqliteSchema
{
    private const int Version = 1;

    private const string Create = """
        create table if not exists tenants (name text primary key, limits text not null, key_hash blob);
        create table if not exists modules (hash text primary key, file text not null, source text not null, code blob not null);
        create table if not exists script_versions (
            tenant text not null, script text not null, number integer not null, hash text not null, bytes integer not null,
            created text not null, primary key (tenant, script, number));
        create index if not exists script_versions_by_hash on script_versions (hash);
        create index if not exists script_versions_by_bytes on script_versions (tenant, bytes);
        create table if not exists activations (
            id integer primary key autoincrement, tenant text not null, script text not null, number integer not null);
        create index if not exists activations_of_script on activations (tenant, script, id);
        create table if not exists jobs (
            number integer primary key autoincrement, id blob not null unique, tenant text not null, hash text not null,
            attempts integer not null default 0, body blob not null);
        create index if not exists jobs_by_hash on jobs (hash);
        create table if not exists results (id blob primary key, tenant text not null, created text not null, body blob not null);
        """;

    public static readonly string[] Tables = ["tenants", "modules", "script_versions", "activations", "jobs", "results"];

    /// <summary>Makes the tables that are missing.</summary>
    /// <exception cref="IOException">A newer version of the service has made the file.</exception>
    public static void Prepare(SqliteSession session)
    {
        int found = session.One("pragma user_version", static row => row.GetInt32(0));
        if (found > Version)
        {
            throw new IOException($"The store has version {found}, and this service knows version {Version}. Start a newer service.");
        }

        session.Execute("pragma journal_mode = wal");
        session.Execute("pragma synchronous = full");
        if (found < Version)
        {
            session.Execute($"begin immediate; {Create} pragma user_version = {Version}; commit");
        }
    }
}
