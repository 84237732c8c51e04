using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using RuleService.Model;

namespace RuleService.Store;

/// <summary>A store in PostgreSQL, for any number of processes. It makes its tables if they are missing.</summary>
internal sealed class PostgresStore : IRuleStore
{
    private const string Schema = """
        select pg_advisory_xact_lock(7236501);
        create table if not exists tenants (name text primary key, limits text not null, key_hash bytea);
        create table if not exists modules (hash text primary key, file text not null, source text not null, code bytea not null);
        create table if not exists script_versions (
            tenant text not null, script text not null, number int not null, hash text not null references modules,
            bytes bigint not null, created timestamptz not null, primary key (tenant, script, number));
        create index if not exists script_versions_by_hash on script_versions (hash);
        create index if not exists script_versions_by_bytes on script_versions (tenant, bytes);
        create table if not exists activations (
            id bigint generated always as identity primary key, tenant text not null, script text not null, number int not null,
            foreign key (tenant, script, number) references script_versions on delete cascade);
        create index if not exists activations_of_script on activations (tenant, script, id);
        create table if not exists jobs (
            number bigint generated always as identity primary key, id uuid not null unique, tenant text not null, hash text not null,
            attempts int not null default 0, body text not null);
        create index if not exists jobs_by_hash on jobs (hash);
        create table if not exists results (
            id uuid primary key, tenant text not null, body text not null, created timestamptz not null default now());
        """;

    /// <summary>Serializes the changes of one script over all processes, until the transaction ends.</summary>
    private const string LockScript = "select pg_advisory_xact_lock(hashtextextended(@tenant || '/' || @script, 0))";

    private const string AddModule = "insert into modules (hash, file, source, code) values (@hash, @file, @source, @code) "
        + "on conflict (hash) do update set code = @code";

    private const string AddVersion = """
        insert into script_versions (tenant, script, number, hash, bytes, created)
        select @tenant, @script, coalesce(max(number), 0) + 1, @hash, @bytes, now()
        from script_versions where tenant = @tenant and script = @script
        returning number, created
        """;

    /// <summary>Adds no activation if the version is the active one, which a rollback would otherwise find again.</summary>
    private const string Activate = """
        insert into activations (tenant, script, number)
        select @tenant, @script, @number where @number is distinct from (
            select number from activations where tenant = @tenant and script = @script order by id desc limit 1)
        """;

    private const string ForgetActivations = """
        delete from activations where tenant = @tenant and script = @script and id <= (
            select id from activations where tenant = @tenant and script = @script order by id desc limit 1 offset @kept)
        """;

    private const string RemoveModule = """
        delete from modules where hash = @hash
            and not exists (select 1 from script_versions where hash = @hash) and not exists (select 1 from jobs where hash = @hash)
        """;

    private const string RollBack = """
        delete from activations where id = (
            select id from activations where tenant = @tenant and script = @script
                and (select count(*) from activations where tenant = @tenant and script = @script) > 1
            order by id desc limit 1)
        """;

    private const string Commit = """
        with removed_jobs as (delete from jobs where id = any (@ids)),
            added as (
                insert into results (id, tenant, body) select * from unnest(@ids, @tenants, @bodies)
                on conflict (id) do nothing returning id)
        select count(*)::int from added
        """;

    private readonly NpgsqlDataSource _source;

    private PostgresStore(NpgsqlDataSource source)
    {
        _source = source;
    }

    /// <param name="connection">For example <c>Host=127.0.0.1;Port=5432;Username=rules;Database=rules</c>.</param>
    /// <param name="token">Stops the attempt.</param>
    public static async Task<PostgresStore> OpenAsync(string connection, CancellationToken token)
    {
        PostgresStore store = new(NpgsqlDataSource.Create(connection));
        await store.InTransactionAsync(
            async session =>
            {
                await using NpgsqlCommand command = new(Schema, session);
                return await command.ExecuteNonQueryAsync(token);
            },
            token);
        return store;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    public Task<Tenant?> FindTenantAsync(string name, CancellationToken token) => OneAsync<Tenant?>(
        "select limits from tenants where name = @name", row => new Tenant(name, Json.Read<RunLimits>(row.GetString(0))),
        token, ("name", name));

    public Task SetTenantAsync(Tenant tenant, CancellationToken token) => ExecuteAsync(
        "insert into tenants (name, limits) values (@name, @limits) on conflict (name) do update set limits = excluded.limits",
        token, ("name", tenant.Name), ("limits", Json.Text(tenant.Limits)));

    public Task<byte[]?> FindKeyAsync(string tenant, CancellationToken token) => OneAsync<byte[]?>(
        "select key_hash from tenants where name = @name and key_hash is not null",
        static row => row.GetFieldValue<byte[]>(0), token, ("name", tenant));

    public async Task<bool> SetKeyAsync(string tenant, byte[] hash, CancellationToken token) => await ExecuteAsync(
        "update tenants set key_hash = @hash where name = @name", token, ("name", tenant), ("hash", hash)) > 0;

    public async Task<IReadOnlyList<string>> TenantNamesAsync(CancellationToken token) =>
        await AllAsync("select name from tenants order by name", static row => row.GetString(0), token);

    public Task AddModuleAsync(Module module, CancellationToken token) => ExecuteAsync(AddModule, token, ColumnsOf(module));

    public Task<Module?> FindModuleAsync(string hash, CancellationToken token) => OneAsync<Module?>(
        "select file, source, code from modules where hash = @hash",
        row => new Module(hash, row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)), token, ("hash", hash));

    public Task<ScriptVersion> AddVersionAsync(string tenant, string script, Module module, bool activate, CancellationToken token) =>
        ChangeAsync(
            tenant,
            script,
            async change =>
            {
                await change.ExecuteAsync(AddModule, ColumnsOf(module));
                ScriptVersion version = (await change.OneAsync(
                    AddVersion,
                    row => new ScriptVersion(row.GetInt32(0), module.Hash, row.GetFieldValue<DateTimeOffset>(1)),
                    ("hash", module.Hash), ("bytes", module.Bytes)))!;
                if (activate)
                {
                    await AddActivationAsync(change, version.Number);
                }

                return version;
            },
            token);

    public async Task<bool> RemoveVersionAsync(string tenant, string script, int number, CancellationToken token) =>
        await ChangeAsync(
            tenant,
            script,
            async change =>
            {
                if ((await FindScriptAsync(tenant, script, token))?.Removable(number) is not { } version)
                {
                    return false;
                }

                await change.ExecuteAsync(
                    "delete from script_versions where tenant = @tenant and script = @script and number = @number", ("number", number));
                await change.ExecuteAsync(RemoveModule, ("hash", version.Hash));
                return true;
            },
            token);

    public async Task<VersionUsage> VersionUsageAsync(string tenant, CancellationToken token) => (await OneAsync(
        """
        select count(*)::int, coalesce(sum(bytes), 0)::bigint, (select coalesce(sum(bytes), 0)::bigint from script_versions)
        from script_versions where tenant = @tenant
        """,
        static row => new VersionUsage(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2)), token, ("tenant", tenant)))!;

    public async Task<ScriptState?> FindScriptAsync(string tenant, string script, CancellationToken token)
    {
        List<ScriptVersion> versions = await AllAsync(
            "select number, hash, created from script_versions where tenant = @tenant and script = @script order by number",
            ReadVersion, token, ("tenant", tenant), ("script", script));
        List<int> activations = await AllAsync(
            "select number from activations where tenant = @tenant and script = @script order by id",
            static row => row.GetInt32(0), token, ("tenant", tenant), ("script", script));

        // A version that was added and activated between the two queries is not there yet.
        return versions.Count == 0
            ? null : new ScriptState(versions, [.. activations.Where(number => versions.Exists(version => version.Number == number))]);
    }

    public Task<ScriptVersion?> FindActiveAsync(string tenant, string script, CancellationToken token) => OneAsync<ScriptVersion?>(
        """
        select number, hash, created from script_versions where tenant = @tenant and script = @script and number = (
            select number from activations where tenant = @tenant and script = @script order by id desc limit 1)
        """,
        ReadVersion, token, ("tenant", tenant), ("script", script));

    public Task<bool> ActivateAsync(string tenant, string script, int number, CancellationToken token) => ChangeAsync(
        tenant,
        script,
        async change =>
        {
            bool exists = await change.OneAsync(
                "select 1 from script_versions where tenant = @tenant and script = @script and number = @number",
                static _ => true, ("number", number));
            if (exists)
            {
                await AddActivationAsync(change, number);
            }

            return exists;
        },
        token);

    public Task<bool> RollBackAsync(string tenant, string script, CancellationToken token) =>
        ChangeAsync(tenant, script, async change => await change.ExecuteAsync(RollBack) > 0, token);

    public Task AddJobsAsync(IReadOnlyList<Job> jobs, CancellationToken token) => ExecuteAsync(
        "insert into jobs (id, tenant, hash, body) select * from unnest(@ids, @tenants, @hashes, @bodies)",
        token,
        ("ids", Ids(jobs)),
        ("hashes", jobs.Select(static job => job.Hash).ToArray()),
        ("tenants", jobs.Select(static job => job.Tenant).ToArray()),
        ("bodies", jobs.Select(Json.Text).ToArray()));

    public Task RemoveJobsAsync(IReadOnlyList<Job> jobs, CancellationToken token) =>
        ExecuteAsync("delete from jobs where id = any (@ids)", token, ("ids", Ids(jobs)));

    public Task<int> BeginAsync(Job job, CancellationToken token) => OneAsync(
        "update jobs set attempts = attempts + 1 where id = @id returning attempts - 1",
        static row => row.GetInt32(0), token, ("id", job.Id));

    public async Task<IReadOnlyList<Guid>> PendingJobsAsync(CancellationToken token) =>
        await AllAsync("select id from jobs order by number", static row => row.GetGuid(0), token);

    public Task<Job?> FindPendingAsync(Guid id, CancellationToken token) => OneAsync<Job?>(
        "select body from jobs where id = @id", static row => Json.Read<Job>(row.GetString(0)), token, ("id", id));

    public Task<JobState?> FindJobAsync(string tenant, Guid id, CancellationToken token) => OneAsync<JobState?>(
        """
        select body from results where id = @id and tenant = @tenant
        union all select null from jobs where id = @id and tenant = @tenant
        """,
        static row => new JobState(row.IsDBNull(0) ? null : Json.Read<JobResult>(row.GetString(0))), token, ("id", id), ("tenant", tenant));

    public Task<int> CommitAsync(IReadOnlyList<JobResult> results, CancellationToken token)
    {
        // Processes that commit the same jobs lock their rows in the same order.
        JobResult[] ordered = [.. results.DistinctBy(static result => result.Id).OrderBy(static result => result.Id)];
        return OneAsync(
            Commit, static row => row.GetInt32(0), token,
            ("ids", ordered.Select(static result => result.Id).ToArray()),
            ("tenants", ordered.Select(static result => result.Tenant).ToArray()),
            ("bodies", ordered.Select(Json.Text).ToArray()));
    }

    private static async Task AddActivationAsync(ScriptChange change, int number)
    {
        await change.ExecuteAsync(Activate, ("number", number));
        await change.ExecuteAsync(ForgetActivations, ("kept", ScriptState.MostActivations));
    }

    private static (string Name, object Value)[] ColumnsOf(Module module) =>
        [("hash", module.Hash), ("file", module.FileName), ("source", module.Source), ("code", module.Code)];

    private static ScriptVersion ReadVersion(NpgsqlDataReader row) =>
        new(row.GetInt32(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2));

    private static Guid[] Ids(IReadOnlyList<Job> jobs) => [.. jobs.Select(static job => job.Id)];

    private Task<T> ChangeAsync<T>(string tenant, string script, Func<ScriptChange, Task<T>> change, CancellationToken token) =>
        InTransactionAsync(
            async session =>
            {
                ScriptChange locked = new(session, tenant, script, token);
                await locked.ExecuteAsync(LockScript);
                return await change(locked);
            },
            token);

    private async Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken token)
    {
        await using NpgsqlConnection session = await _source.OpenConnectionAsync(token);
        await using NpgsqlTransaction transaction = await session.BeginTransactionAsync(token);
        T result = await work(session);
        await transaction.CommitAsync(token);
        return result;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken token, params (string Name, object Value)[] parameters)
    {
        await using NpgsqlCommand command = _source.CreateCommand(sql).With(parameters);
        return await command.ExecuteNonQueryAsync(token);
    }

    private async Task<T?> OneAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken token, params (string Name, object Value)[] parameters)
    {
        await using NpgsqlCommand command = _source.CreateCommand(sql).With(parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? read(reader) : default;
    }

    private async Task<List<T>> AllAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken token, params (string Name, object Value)[] parameters)
    {
        await using NpgsqlCommand command = _source.CreateCommand(sql).With(parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(token);
        List<T> all = [];
        while (await reader.ReadAsync(token))
        {
            all.Add(read(reader));
        }

        return all;
    }
}
