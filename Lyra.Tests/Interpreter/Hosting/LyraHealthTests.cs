using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Lyra.Runtime.Memory;
using Shouldly;
using Xunit;
using static Lyra.Tests.Interpreter.Hosting.MonitoredScripts;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Checkpoints of an engine's memory, and warnings of leaks.</summary>
public sealed class LyraHealthTests : IDisposable
{
    private readonly LyraEngine _engine = new(Interpreted);

    public LyraHealthTests()
    {
        _engine.Define("look", () => { });
        _engine.Run("let kept = []\nproc keep(n) { kept.push(bytes(n)) }\nproc drop() { kept.clear() }");
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void The_bytes_by_type_are_all_reachable_bytes()
    {
        _engine.Run("struct Order { n }\nlet orders = [Order(1), Order(2)]\nlet names = {\"a\": \"b\" * 1000}");
        LyraCheckpoint checkpoint = _engine.Health.Checkpoint();

        checkpoint.BytesByType.Values.Sum().ShouldBe(checkpoint.ReachableBytes);
        checkpoint.ReachableBytes.ShouldBe(_engine.ReachableBytes());
        checkpoint.BytesByType.Keys.ShouldBeSubsetOf(
            ["(engine)", "Order", "list", "map", "module", "proc", "str", "struct"]);
        checkpoint.BytesByType["str"].ShouldBeGreaterThan(2_000);
        checkpoint.BytesByType["Order"].ShouldBeGreaterThan(0);
        checkpoint.Runs.ShouldBe(2);
        checkpoint.UsedSlots.ShouldBe(0);
    }

    [Fact]
    public void The_difference_of_two_checkpoints_names_what_grew()
    {
        LyraCheckpoint before = _engine.Health.Checkpoint();
        _engine.Call("keep", 100_000);
        LyraCheckpoint growth = _engine.Health.Checkpoint().Since(before);

        growth.Runs.ShouldBe(1);
        growth.ReachableBytes.ShouldBeInRange(100_000, 101_000);
        growth.BytesByType["bytes"].ShouldBeInRange(100_000, 100_100);
        growth.BytesByType.Keys.ShouldNotContain("module");
        _engine.Call("drop");
        _engine.Health.Checkpoint().Since(before).ReachableBytes.ShouldBeLessThan(1_000);
    }

    [Fact]
    public void Memory_that_grows_from_checkpoint_to_checkpoint_is_a_warning_once()
    {
        for (int i = 0; i < LyraHealth.GrowingCheckpoints; i++)
        {
            _engine.Health.Checkpoint();
            _engine.Call("keep", 200_000);
        }

        _engine.Health.Warnings.ShouldBeEmpty();
        _engine.Health.Checkpoint();
        LyraHealthWarning warning = _engine.Health.Warnings.Single();
        warning.Kind.ShouldBe(LyraHealthWarningKind.GrowingMemory);
        warning.Message.ShouldStartWith("reachable memory grew in 8 checkpoints (8 runs) from ");
        warning.Message.ShouldContain("most of it by bytes (1,600,");

        _engine.Call("keep", 200_000);
        _engine.Health.Checkpoint();
        _engine.Health.Warnings.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(10_000, 0)]
    [InlineData(200_000, 4)]
    public void Small_or_interrupted_growth_is_none(int bytes, int dropAt)
    {
        for (int i = 0; i < 12; i++)
        {
            _engine.Health.Checkpoint();
            _engine.Call(dropAt > 0 && i % dropAt == 0 ? "drop" : "keep", dropAt > 0 && i % dropAt == 0 ? [] : [bytes]);
        }

        _engine.Health.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void The_engine_takes_checkpoints_by_itself_when_asked()
    {
        _engine.Health.CheckpointInterval = 2;
        for (int i = 0; i < 17; i++)
        {
            _engine.Call("keep", 200_000);
        }

        _engine.Health.Warnings.ShouldBeEmpty();
        _engine.Call("keep", 200_000);
        _engine.Health.Warnings.Single().Kind.ShouldBe(LyraHealthWarningKind.GrowingMemory);
        _engine.Health.CheckpointInterval = 0;
        Should.Throw<ArgumentOutOfRangeException>(() => _engine.Health.CheckpointInterval = -1);
    }

    [Fact]
    public void Slots_that_are_not_returned_are_noticed_at_the_end_of_the_run()
    {
        _engine.Run(Hashed);
        _engine.Health.Warnings.ShouldBeEmpty();
        _engine.Health.Checkpoint();
        SlabLease leaked = Pool.Rent(4);
        _engine.Run("1");
        _engine.Run("2");

        LyraHealthWarning warning = _engine.Health.Warnings.Single();
        warning.Kind.ShouldBe(LyraHealthWarningKind.SlotsNotReturned);
        warning.Message.ShouldBe("slots of the pools that are rented although no script runs: 1");
        _engine.Health.Checkpoint().ShouldSatisfyAllConditions(c => c.UsedSlots.ShouldBe(1), c => c.LeakedSlots.ShouldBe(1));
        _engine.Health.Checkpoint().ShouldSatisfyAllConditions(c => c.UsedSlots.ShouldBe(1), c => c.LeakedSlots.ShouldBe(0));
        Pool.Return(leaked);
        _engine.Health.Checkpoint().UsedSlots.ShouldBe(0);
    }

    [Fact]
    public void Refused_returns_are_noticed_at_the_end_of_the_run()
    {
        _engine.Run(Hashed);
        SlabLease lease = Pool.Rent(4);
        Pool.Return(lease);
        try
        {
            Pool.Return(lease);
        }
        catch (InvalidOperationException)
        {
            // Debug builds throw as well.
        }

        _engine.Run("1");
        _engine.Health.Warnings.Single().Kind.ShouldBe(LyraHealthWarningKind.RefusedReturns);
    }

    [Fact]
    public void A_damaged_cache_is_noticed_at_the_end_of_the_run()
    {
        StatisticsAuditTests.DamagesTheCache(_engine);
        _engine.Statistics.Integrity.Violations.ShouldBe(1);
        _engine.Health.Warnings.Single().Kind.ShouldBe(LyraHealthWarningKind.DamagedCache);
    }

    [Fact]
    public void A_checkpoint_within_a_run_is_refused()
    {
        string? message = null;
        _engine.Define("check", () => { message = Should.Throw<InvalidOperationException>(() => _engine.Health.Checkpoint()).Message; });
        _engine.Run("check()");
        message.ShouldNotBeNull().ShouldContain("take it after the run");
    }

    [Fact]
    public void Checkpoints_change_neither_results_nor_steps()
    {
        const string Script = "var xs = []\nfor i in 0..50_000 { xs.push([i]) }\nlength(xs)";
        StepsWith(checkpointInterval: 1).ShouldBe(StepsWith(checkpointInterval: 0));

        static long StepsWith(int checkpointInterval)
        {
            using LyraEngine engine = new(Waiting);
            engine.Health.CheckpointInterval = checkpointInterval;
            for (int i = 0; i < 3; i++)
            {
                engine.Run(Script).As<int>().ShouldBe(50_000);
            }

            return engine.Statistics.Jit.Steps;
        }
    }

    private SlabPool Pool
    {
        get
        {
            object interpreter = Field(typeof(LyraEngine), "_interpreter").GetValue(_engine)!;
            return ((Lyra.Interpreter.Execution.Interpreter)interpreter).Caches.Slabs;
        }
    }

    private static FieldInfo Field(Type type, string name) => type.GetField(name, BindingFlags.NonPublic | BindingFlags.Instance)!;
}
