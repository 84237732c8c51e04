using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace RuleService.Store;

/// <summary>
/// Opens the database of the store. If it is damaged, the file is renamed, and the rows that can still be read are copied into a new one:
/// one bad sector must not take the rules of all tenants away.
/// </summary>
internal static partial class SqliteSalvage
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    public static SqliteSession Open(string file, ILogger logger)
    {
        if (DamageOf(file) is not { } damage)
        {
            return OpenSound(file);
        }

        string aside = SetAside(file);
        SqliteSession session = OpenSound(file);
        string rows = CopyReadable(aside, session);
        Damaged(logger, file, damage, aside, rows);
        return session;
    }

    private static SqliteSession OpenSound(string file)
    {
        SqliteSession session = new(file);
        try
        {
            SqliteSchema.Prepare(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>What is wrong with a database; null if nothing is, or if there is none.</summary>
    private static string? DamageOf(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        if (new FileInfo(file).Length == 0)
        {
            // SQLite would take it for a new database and delete the log.
            return File.Exists(file + "-wal") ? "it is empty and has a log" : null;
        }

        try
        {
            using SqliteSession session = new(file);
            string answer = session.One("pragma quick_check(1)", static row => row.GetString(0))!;
            return answer == "ok" ? null : answer.ReplaceLineEndings(" ");
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase)
        {
            return e.Message;
        }
    }

    private static string SetAside(string file)
    {
        string time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string aside = Enumerable.Range(1, int.MaxValue).Select(i => $"{file}.damaged-{time}-{i}").First(static name => !File.Exists(name));
        foreach (string suffix in (string[])["-wal", "-shm", ""])
        {
            if (File.Exists(file + suffix))
            {
                File.Move(file + suffix, aside + suffix);
            }
        }

        return aside;
    }

    /// <summary>Copies what can be read.</summary>
    /// <returns>The number of rows of each table.</returns>
    private static string CopyReadable(string damaged, SqliteSession target)
    {
        StringBuilder report = new();
        try
        {
            using SqliteSession source = new(damaged);

            // SQLite then also opens a file that is shorter than its header says.
            source.Execute("pragma writable_schema = on");
            foreach (string table in SqliteSchema.Tables)
            {
                report.Append(report.Length == 0 ? "" : ", ")
                    .Append(CultureInfo.InvariantCulture, $"{table} {CopyTable(source, target, table)}");
            }
        }
        catch (SqliteException)
        {
            return "none";
        }

        return report.ToString();
    }

    /// <summary>Copies rows from the first one on, up to the damage, then from the last one down to it.</summary>
    private static int CopyTable(SqliteSession source, SqliteSession target, string table)
    {
        int count = 0;
        target.Execute("begin immediate");
        foreach (string order in (string[])["asc", "desc"])
        {
            try
            {
                source.All($"select rowid as row, * from {table} order by rowid {order}", row => count += CopyRow(row, target, table));
                break;
            }
            catch (SqliteException)
            {
                // The rows behind this one cannot be reached from this side.
            }
        }

        target.Execute("commit");
        return count;
    }

    private static int CopyRow(SqliteDataReader row, SqliteSession target, string table)
    {
        string[] names = [.. Enumerable.Range(1, row.FieldCount - 1).Select(row.GetName)];
        (string, object?)[] values = [.. names.Select((name, i) => ($"${name}", (object?)row.GetValue(i + 1)))];
        string parameters = string.Join(", ", names.Select(static name => $"${name}"));
        return target.Execute($"insert or ignore into {table} ({string.Join(", ", names)}) values ({parameters})", values);
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "{File} is damaged: {Damage}. It is set aside as {Aside}, and the service continues with what can be read: {Rows}")]
    private static partial void Damaged(ILogger logger, string file, string damage, string aside, string rows);
}
