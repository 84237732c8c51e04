using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting.Boundaries;

/// <summary>
/// Two engines on two threads exchange values at random through the host. Each accepts its own values and immutable ones, refuses all
/// others, and never fails with an InternalError.
/// </summary>
public sealed class CrossEngineSequenceTests
{
    private const int Steps = 1_500;

    private static readonly string[] Uses =
    [
        "given", "[given]", "(given, 1)", "tostring(given).length()", "if type(given) == \"list\" { given.push(1) }\ngiven",
        "if type(given) == \"proc\" { try { given(1) } catch e { } }\ngiven", "if type(given) == \"str\" { given + given } else { nil }",
        "var s = 0\nfor i in 0..40 { if given is nil { s += 1 } else { s += 2 } }\ns",
        "var t = \"\"\nif type(given) == \"str\" { t = given\nfor i in 0..20 { t += \"more\" } }\nt",
    ];

    private static readonly string[] WayNames = [.. ForeignValues.Ways.Keys];

    private readonly ConcurrentDictionary<int, Item> _pool = new();
    private int _refused;
    private int _accepted;
    private int _foreign;

    [Theory]
    [InlineData(1, JitMode.Off)]
    [InlineData(2, JitMode.On)]
    [InlineData(3, JitMode.On)]
    [InlineData(4, JitMode.Stress)]
    public void Random_exchanges_of_values(int seed, JitMode mode)
    {
        List<Exception> failures = [];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(number => new Thread(
            () =>
            {
                try
                {
                    Exchange(number, new Random((seed * 100) + number), mode);
                }
                catch (Exception e)
                {
                    lock (failures)
                    {
                        failures.Add(e);
                    }
                }
            },
            16 << 20))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        failures.ShouldBeEmpty();
        _refused.ShouldBeGreaterThan(100);
        _accepted.ShouldBeGreaterThan(100);
        _foreign.ShouldBeGreaterThan(100);
    }

    private void Exchange(int number, Random random, JitMode mode)
    {
        LyraOptions options = new()
        {
            Jit = mode,
            HotLoopThreshold = 5,
            HotProcThreshold = 5,
            HotExitThreshold = 2,
            Limits = new LyraLimits { MaxSteps = 1_000_000 },
        };
        using LyraEngine engine = new(options);
        for (int step = 0; step < Steps; step++)
        {
            if (random.Next(3) == 0 || !_pool.TryGetValue(random.Next(Math.Max(1, _pool.Count)), out Item? item))
            {
                Make(engine, number, random);
            }
            else
            {
                Give(engine, number, item, random);
            }
        }

        engine.Run("1 + 1").As<int>().ShouldBe(2);
        (engine.Statistics.Jit.CompiledSteps > 0).ShouldBe(mode != JitMode.Off);
        engine.Statistics.Integrity.Violations.ShouldBe(0);
    }

    private void Make(LyraEngine engine, int number, Random random)
    {
        Dictionary<string, string> sources = random.Next(2) == 0 ? ForeignValues.Bound : ForeignValues.Free;
        string kind = sources.Keys.ElementAt(random.Next(sources.Count));
        bool isBound = ReferenceEquals(sources, ForeignValues.Bound);
        _pool[_pool.Count] = new Item(engine.Run(sources[kind]), isBound ? number : null, kind);
    }

    private void Give(LyraEngine engine, int number, Item item, Random random)
    {
        string way = WayNames[random.Next(WayNames.Length)];
        bool mustPass = item.Owner is null || item.Owner == number;
        try
        {
            LyraValue received = ForeignValues.Ways[way](engine, item.Value);
            mustPass.ShouldBeTrue($"{item.Kind} by {way} was accepted");
            engine.Globals["given"] = received;
            engine.Run(Uses[random.Next(Uses.Length)]);
            Interlocked.Increment(ref _accepted);
            Interlocked.Add(ref _foreign, item.Owner is null ? 1 : 0);
        }
        catch (Exception e) when (e is ArgumentException or LyraException { InnerException: ArgumentException })
        {
            mustPass.ShouldBeFalse($"{item.Kind} by {way} was refused: {e.Message}");
            Interlocked.Increment(ref _refused);
        }
    }

    private sealed record Item(LyraValue Value, int? Owner, string Kind);
}
