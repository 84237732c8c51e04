using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using RuleService.Model;
using RuleService.Store;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service;

/// <summary>The store in SQLite.</summary>
public sealed class SqliteStoreTests : RuleStoreTests, IDisposable
{
    private const int Tenants = 300;
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Folder_belongs_to_one_process() =>
        (await Should.ThrowAsync<IOException>(() => Task.Run(() => SqliteStore.Open(_folder.Path, NullLogger.Instance))))
            .Message.ShouldContain("lock");

    [Fact]
    public async Task Change_that_fails_takes_no_other_of_its_transaction_with_it()
    {
        using ScratchFolder folder = new();
        await using SqliteWriter writer = new(new SqliteSession(Path.Combine(folder.Path, "x.db")));
        await writer.WriteAsync(static session => session.Execute("create table numbers (n integer primary key)"));

        Task<int>[] changes =
        [
            .. Enumerable.Range(0, 300).Select(i => writer.WriteAsync(session => session.Execute(
                "insert into numbers values ($n)", ("$n", i % 3 == 0 ? 0 : i)))),
        ];
        await Task.WhenAny(Task.WhenAll(changes));

        changes.Count(static change => change.IsFaulted).ShouldBe(99, "100 changes insert the same number");
        (await writer.WriteAsync(static session => session.One("select count(*) from numbers", static row => row.GetInt32(0))))
            .ShouldBe(201);
    }

    [Fact]
    public async Task Database_of_a_newer_service_is_refused_with_a_sentence()
    {
        using ScratchFolder folder = new();
        await SqliteStore.Open(folder.Path, NullLogger.Instance).DisposeAsync();
        using (SqliteSession session = new(Path.Combine(folder.Path, "rules.db")))
        {
            session.Execute("pragma user_version = 99");
        }

        Should.Throw<IOException>(() => SqliteStore.Open(folder.Path, NullLogger.Instance)).Message.ShouldContain("Start a newer service");
    }

    /// <summary>Damages the database in several ways: the service starts, says so, keeps the file, and has what can be read.</summary>
    [Theory]
    [InlineData("cut", Tenants / 8)]
    [InlineData("zeros", Tenants / 8)]
    [InlineData("noise", Tenants / 8)]
    [InlineData("header", 0)]
    [InlineData("empty", 0)]
    public async Task Damaged_database_is_set_aside_and_what_can_be_read_is_kept(string damage, int least)
    {
        using ScratchFolder folder = new();
        string file = Path.Combine(folder.Path, "rules.db");
        await FillAsync(folder.Path);
        byte[] bytes = await File.ReadAllBytesAsync(file, None);
        await File.WriteAllBytesAsync(file, Damage(bytes, damage), None);
        if (damage == "empty")
        {
            await File.WriteAllBytesAsync(file + "-wal", new byte[32], None);
        }

        LogLines log = new();
        await using SqliteStore store = SqliteStore.Open(folder.Path, log);

        log.Text.ShouldContain("is damaged");
        Directory.EnumerateFiles(folder.Path, "rules.db.damaged-*").ShouldNotBeEmpty();
        IReadOnlyList<string> names = await store.TenantNamesAsync(None);
        names.Count.ShouldBeInRange(least, Tenants, log.Text);
        foreach (string name in names)
        {
            (await store.FindTenantAsync(name, None)).ShouldBe(new Tenant(name, new RunLimits()));
        }

        await store.SetTenantAsync(new Tenant("new", new RunLimits()), None);
        (await store.FindTenantAsync("new", None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Job_that_cannot_be_read_gets_a_result_that_says_so()
    {
        using ScratchFolder folder = new();
        Job[] jobs = [.. Enumerable.Range(0, 3).Select(static _ =>
            new Job(Guid.CreateVersion7(), "acme", "rule", "hash", Json.Read<System.Text.Json.JsonElement>("[1]"), new RunLimits()))];
        await using (SqliteStore store = SqliteStore.Open(folder.Path, NullLogger.Instance))
        {
            await store.AddJobsAsync(jobs, None);
        }

        using (SqliteSession session = new(Path.Combine(folder.Path, "rules.db")))
        {
            session.Execute(
                "update jobs set body = $body where id = $id",
                ("$body", new byte[] { 0x7b, 0xff }), ("$id", jobs[0].Id.ToByteArray(bigEndian: true)));
        }

        await using SqliteStore next = SqliteStore.Open(folder.Path, NullLogger.Instance);
        (await next.FindPendingAsync(jobs[0].Id, None)).ShouldBeNull();
        (await next.PendingJobsAsync(None)).ShouldBe([jobs[1].Id, jobs[2].Id]);
        (await next.FindJobAsync("acme", jobs[0].Id, None)).ShouldNotBeNull().Result!.Result.Error!.Kind.ShouldBe("Damaged");
    }

    public void Dispose() => _folder.Dispose();

    private protected override Task<IRuleStore> OpenAsync() =>
        Task.FromResult<IRuleStore>(SqliteStore.Open(_folder.Path, NullLogger.Instance));

    private static async Task FillAsync(string folder)
    {
        await using SqliteStore store = SqliteStore.Open(folder, NullLogger.Instance);
        await Task.WhenAll(Enumerable.Range(0, Tenants).Select(i => store.SetTenantAsync(new Tenant($"t{i}", new RunLimits()), None)));
    }

    private static byte[] Damage(byte[] bytes, string damage)
    {
        int middle = bytes.Length / 2;
        switch (damage)
        {
            case "cut":
                return bytes[..(bytes.Length * 3 / 4)];
            case "zeros":
                bytes.AsSpan(middle, 8_192).Clear();
                return bytes;
            case "noise":
                new Random(7).NextBytes(bytes.AsSpan(middle, 8_192));
                return bytes;
            case "header":
                Encoding.ASCII.GetBytes("no database").CopyTo(bytes, 0);
                return bytes;
            default:
                return [];
        }
    }
}
