using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Interpreter.Telemetry;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Telemetry;

/// <summary>The registry counts engines without keeping them alive.</summary>
public sealed class EngineRegistryTests
{
    private readonly EngineRegistry _registry = new();

    [Fact]
    public void The_figures_of_ended_engines_stay_in_the_totals_and_their_slots_do_not()
    {
        EngineFigures first = new() { Runs = 3, Slots = 16 };
        EngineFigures second = new() { Runs = 4, Slots = 32 };
        object engine = new();
        _registry.Add(1, engine, first);
        _registry.Add(2, engine, second);
        _registry.Sum(f => f.Runs).ShouldBe(7);
        _registry.Active.ShouldBe(2);

        _registry.Remove(1);
        _registry.Remove(1);

        _registry.Active.ShouldBe(1);
        _registry.Created.ShouldBe(2);
        _registry.Sum(f => f.Runs).ShouldBe(7);
        _registry.Sum(f => f.Slots).ShouldBe(32);
        GC.KeepAlive(engine);
    }

    [Fact]
    public void Engines_that_are_collected_without_dispose_are_not_kept_and_keep_their_totals()
    {
        List<WeakReference> engines = [];
        for (int i = 0; i < 300; i++)
        {
            engines.Add(AddOne());
        }

        GC.Collect();

        engines.ShouldAllBe(engine => !engine.IsAlive);
        _registry.Active.ShouldBe(0);
        _registry.Created.ShouldBe(300);
        _registry.Sum(f => f.Runs).ShouldBe(300);
    }

    [Fact]
    public void A_whole_engine_is_collected_without_dispose()
    {
        WeakReference engine = RunOne();
        GC.Collect();
        engine.IsAlive.ShouldBeFalse();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunOne()
    {
        LyraEngine engine = new();
        engine.Run("1");
        return new WeakReference(engine);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference AddOne()
    {
        object engine = new();
        _registry.Add((int)_registry.Created, engine, new EngineFigures { Runs = 1 });
        return new WeakReference(engine);
    }
}
