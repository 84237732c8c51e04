using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using RuleService.Model;

namespace RuleService.Store;

/// <summary>A store in a folder, for one process, as a database of SQLite: <c>rules.db</c> and its log <c>rules.db-wal</c>.</summary>
/// <remarks>
/// A commit returns after the log is on disk. Readers have connections of their own and never wait for the writer.
/// </remarks>
internal sealed partial class SqliteStore : IRuleStore
{
    private const string AddModule = "insert into modules (hash, file, source, code) values ($hash, $file, $source, $code) "
        + "on conflict (hash) do update set code = $code where code <> $code";

    private const string AddVersion = """
        insert into script_versions (tenant, script, number, hash, bytes, created)
        select $tenant, $script, coalesce(max(number), 0) + 1, $hash, $bytes, $created
        from script_versions where tenant = $tenant and script = $script
        returning number
        """;

    /// <summary>Adds no activation if the version is the active one, which a rollback would otherwise find again.</summary>
    private const string Activate = """
        insert into activations (tenant, script, number)
        select $tenant, $script, $number where $number is not (
            select number from activations where tenant = $tenant and script = $script order by id desc limit 1)
        """;

    private const string ForgetActivations = """
        delete from activations where tenant = $tenant and script = $script and id <= (
            select id from activations where tenant = $tenant and script = $script order by id desc limit 1 offset $kept)
        """;

    private const string RollBack = """
        delete from activations where id = (
            select id from activations where tenant = $tenant and script = $script
                and (select count(*) from activations where tenant = $tenant and script = $script) > 1
            order by id desc limit 1)
        """;

    private const string RemoveModule = """
        delete from modules where hash = $hash
            and not exists (select 1 from script_versions where hash = $hash) and not exists (select 1 from jobs where hash = $hash)
        """;

    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly string _file;
    private readonly FileStream _lock;
    private readonly SqliteWriter _writer;
    private readonly ILogger _logger;

    private SqliteStore(string file, FileStream ownership, SqliteSession session, ILogger logger)
    {
        _logger = logger;
        _file = file;
        _lock = ownership;
        _writer = new SqliteWriter(session);
    }

    /// <summary>Opens the store. A damaged database is set aside, and what can be read of it is copied into a new one.</summary>
    /// <param name="folder">The folder, which is made if it is missing.</param>
    /// <param name="logger">Gets the report on damage.</param>
    /// <exception cref="IOException">Another process uses the folder.</exception>
    public static SqliteStore Open(string folder, ILogger logger)
    {
        string root = DurableFolder.Make(folder);
        FileStream ownership = new(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            string file = Path.Combine(root, "rules.db");
            return new SqliteStore(file, ownership, SqliteSalvage.Open(file, logger), logger);
        }
        catch
        {
            ownership.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_readers.TryTake(out SqliteSession? reader))
        {
            reader.Dispose();
        }

        await _writer.DisposeAsync();
        await _lock.DisposeAsync();
    }

    public Task<Tenant?> FindTenantAsync(string name, CancellationToken token) => ReadAsync(session => session.One<Tenant?>(
        "select limits from tenants where name = $name", row => new Tenant(name, Json.Read<RunLimits>(row.GetString(0))), ("$name", name)));

    public Task SetTenantAsync(Tenant tenant, CancellationToken token) => _writer.WriteAsync(session => session.Execute(
        "insert into tenants (name, limits) values ($name, $limits) on conflict (name) do update set limits = $limits",
        ("$name", tenant.Name), ("$limits", Json.Text(tenant.Limits))));

    public Task<byte[]?> FindKeyAsync(string tenant, CancellationToken token) => ReadAsync(session => session.One<byte[]?>(
        "select key_hash from tenants where name = $name and key_hash is not null",
        static row => row.GetFieldValue<byte[]>(0), ("$name", tenant)));

    public Task<bool> SetKeyAsync(string tenant, byte[] hash, CancellationToken token) => _writer.WriteAsync(session =>
        session.Execute("update tenants set key_hash = $hash where name = $name", ("$name", tenant), ("$hash", hash)) > 0);

    public Task<IReadOnlyList<string>> TenantNamesAsync(CancellationToken token) => ReadAsync<IReadOnlyList<string>>(static session =>
        session.All("select name from tenants order by name", static row => row.GetString(0)));

    public Task AddModuleAsync(Module module, CancellationToken token) => _writer.WriteAsync(session => Add(session, module));

    public Task<Module?> FindModuleAsync(string hash, CancellationToken token) => ReadAsync(session => session.One<Module?>(
        "select file, source, code from modules where hash = $hash",
        row => new Module(hash, row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)),
        ("$hash", hash)));

    public Task<ScriptVersion> AddVersionAsync(string tenant, string script, Module module, bool activate, CancellationToken token) =>
        _writer.WriteAsync(session =>
        {
            DateTimeOffset now = DateTimeOffset.UtcNow;
            Add(session, module);
            int number = session.One(
                AddVersion, static row => row.GetInt32(0),
                ("$tenant", tenant), ("$script", script), ("$hash", module.Hash), ("$bytes", module.Bytes), ("$created", Text(now)));
            if (activate)
            {
                AddActivation(session, tenant, script, number);
            }

            return new ScriptVersion(number, module.Hash, now);
        });

    public Task<bool> RemoveVersionAsync(string tenant, string script, int number, CancellationToken token) =>
        _writer.WriteAsync(session =>
        {
            ScriptState? state = ReadState(session, tenant, script);
            if (state?.Removable(number) is not { } version)
            {
                return false;
            }

            (string, object?)[] names = [("$tenant", tenant), ("$script", script), ("$number", number)];
            session.Execute("delete from activations where tenant = $tenant and script = $script and number = $number", names);
            session.Execute("delete from script_versions where tenant = $tenant and script = $script and number = $number", names);
            session.Execute(RemoveModule, ("$hash", version.Hash));
            return true;
        });

    public Task<VersionUsage> VersionUsageAsync(string tenant, CancellationToken token) => ReadAsync(session => session.One(
        """
        select count(*), coalesce(sum(bytes), 0), (select coalesce(sum(bytes), 0) from script_versions)
        from script_versions where tenant = $tenant
        """,
        static row => new VersionUsage(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2)),
        ("$tenant", tenant))!);

    public Task<ScriptState?> FindScriptAsync(string tenant, string script, CancellationToken token) =>
        ReadAsync(session => ReadState(session, tenant, script));

    public Task<ScriptVersion?> FindActiveAsync(string tenant, string script, CancellationToken token) => ReadAsync(session => session.One(
        """
        select number, hash, created from script_versions where tenant = $tenant and script = $script and number = (
            select number from activations where tenant = $tenant and script = $script order by id desc limit 1)
        """,
        ReadVersion, ("$tenant", tenant), ("$script", script)));

    public Task<bool> ActivateAsync(string tenant, string script, int number, CancellationToken token) => _writer.WriteAsync(session =>
    {
        bool exists = session.One(
            "select 1 from script_versions where tenant = $tenant and script = $script and number = $number",
            static _ => true, ("$tenant", tenant), ("$script", script), ("$number", number));
        if (exists)
        {
            AddActivation(session, tenant, script, number);
        }

        return exists;
    });

    public Task<bool> RollBackAsync(string tenant, string script, CancellationToken token) =>
        _writer.WriteAsync(session => session.Execute(RollBack, ("$tenant", tenant), ("$script", script)) > 0);

    public Task AddJobsAsync(IReadOnlyList<Job> jobs, CancellationToken token) => _writer.WriteAsync(session => jobs.Sum(job =>
        session.Execute(
            "insert into jobs (id, tenant, hash, body) values ($id, $tenant, $hash, $body)",
            ("$id", Key(job.Id)), ("$tenant", job.Tenant), ("$hash", job.Hash), ("$body", Json.Bytes(job)))));

    public Task RemoveJobsAsync(IReadOnlyList<Job> jobs, CancellationToken token) =>
        _writer.WriteAsync(session => jobs.Sum(job => RemoveJob(session, job.Id)));

    public Task<int> BeginAsync(Job job, CancellationToken token) => _writer.NoteAsync(session => session.One(
        "update jobs set attempts = attempts + 1 where id = $id returning attempts - 1",
        static row => row.GetInt32(0), ("$id", Key(job.Id))));

    public Task<IReadOnlyList<Guid>> PendingJobsAsync(CancellationToken token) => ReadAsync<IReadOnlyList<Guid>>(static session =>
        session.All("select id from jobs order by number", static row => new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true)));

    public async Task<Job?> FindPendingAsync(Guid id, CancellationToken token)
    {
        (string Tenant, byte[] Body) row = await ReadAsync(session => session.One(
            "select tenant, body from jobs where id = $id",
            static row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), ("$id", Key(id))));
        if (row.Body is null)
        {
            return null;
        }

        if (TryRead(row.Body, out Job? job))
        {
            return job;
        }

        Unreadable(_logger, id, row.Tenant);
        RunError error = new("Damaged", "The stored job cannot be read any more. Submit it again.");
        await CommitAsync([new JobResult(id, row.Tenant, "", "", new RunResult(RunStatus.Failed, Error: error))], token);
        return null;
    }

    public Task<JobState?> FindJobAsync(string tenant, Guid id, CancellationToken token) => ReadAsync(session => session.One<JobState?>(
        """
        select body from results where id = $id and tenant = $tenant
        union all select null from jobs where id = $id and tenant = $tenant
        """,
        static row => new JobState(row.IsDBNull(0) ? null : Json.Read<JobResult>(row.GetFieldValue<byte[]>(0))),
        ("$id", Key(id)), ("$tenant", tenant)));

    public Task<int> CommitAsync(IReadOnlyList<JobResult> results, CancellationToken token)
    {
        (JobResult Result, byte[] Body)[] bodies = [.. results.Select(static result => (result, Json.Bytes(result)))];
        return _writer.WriteAsync(session =>
        {
            int added = 0;
            foreach ((JobResult result, byte[] body) in bodies)
            {
                added += session.Execute(
                    "insert into results (id, tenant, created, body) values ($id, $tenant, $created, $body) on conflict (id) do nothing",
                    ("$id", Key(result.Id)), ("$tenant", result.Tenant), ("$created", Text(DateTimeOffset.UtcNow)), ("$body", body));
                RemoveJob(session, result.Id);
            }

            return added;
        });
    }

    private static bool TryRead(byte[] body, [NotNullWhen(true)] out Job? job)
    {
        try
        {
            job = Json.Read<Job>(body);
            return job is { Hash: not null, Limits: not null };
        }
        catch (JsonException)
        {
            job = null;
            return false;
        }
    }

    private static ScriptState? ReadState(SqliteSession session, string tenant, string script)
    {
        List<ScriptVersion> versions = session.All(
            "select number, hash, created from script_versions where tenant = $tenant and script = $script order by number",
            ReadVersion, ("$tenant", tenant), ("$script", script));
        List<int> activations = session.All(
            "select number from activations where tenant = $tenant and script = $script order by id",
            static row => row.GetInt32(0), ("$tenant", tenant), ("$script", script));

        // A version that was added and activated between the two queries is not there yet.
        return versions.Count == 0
            ? null : new ScriptState(versions, [.. activations.Where(number => versions.Exists(version => version.Number == number))]);
    }

    private static int Add(SqliteSession session, Module module) => session.Execute(
        AddModule, ("$hash", module.Hash), ("$file", module.FileName), ("$source", module.Source), ("$code", module.Code));

    private static void AddActivation(SqliteSession session, string tenant, string script, int number)
    {
        session.Execute(Activate, ("$tenant", tenant), ("$script", script), ("$number", number));
        session.Execute(ForgetActivations, ("$tenant", tenant), ("$script", script), ("$kept", ScriptState.MostActivations));
    }

    private static int RemoveJob(SqliteSession session, Guid id) => session.Execute("delete from jobs where id = $id", ("$id", Key(id)));

    private static ScriptVersion ReadVersion(SqliteDataReader row) =>
        new(row.GetInt32(0), row.GetString(1), DateTimeOffset.Parse(row.GetString(2), CultureInfo.InvariantCulture));

    /// <summary>The bytes of an identifier in the order of its text: new ones, which begin with the time, are next to each other.</summary>
    private static byte[] Key(Guid id) => id.ToByteArray(bigEndian: true);

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private Task<T> ReadAsync<T>(Func<SqliteSession, T> read)
    {
        if (!_readers.TryTake(out SqliteSession? session))
        {
            session = new SqliteSession(_file);
        }

        try
        {
            return Task.FromResult(read(session));
        }
        finally
        {
            _readers.Add(session);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The stored job {Id} of {Tenant} cannot be read")]
    private static partial void Unreadable(ILogger logger, Guid id, string tenant);
}
