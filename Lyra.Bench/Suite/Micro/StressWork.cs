using System;
using System.Collections.Generic;
using Lyra.Interpreter.Execution;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Bench.Suite.Micro;

/// <summary>
/// Large numbers of frames, cache operations and rented slots: the definition that the benchmark and the tests share.
/// </summary>
internal sealed class StressWork
{
    public const int Frames = 1_000_000;
    public const int CacheOperations = 100_000;
    public const int Rentals = 10_000;

    /// <summary>The memory that a process with this work may use at most.</summary>
    public const long MostBytes = 100_000_000;

    /// <summary>A program that pushes and pops <see cref="Frames"/> frames, in stacks of 100, and prints their number.</summary>
    public const string FrameProgram = """
        proc ping(n) { return if n == 0 { 0 } else { 1 + pong(n - 1) } }
        proc pong(n) { return if n == 0 { 0 } else { 1 + ping(n - 1) } }
        var frames = 0
        for i in 0..10_000 { frames += 1 + ping(99) }
        print(frames)
        """;

    private const int Depth = 100;
    private const int Keys = 10_000;
    private const int MostLeases = 200;

    private readonly Engine _context = new(new InterpreterSettings(EngineDefaults.MaxFrames, new HostServices()));
    private readonly Closure _callee = NewCallee();
    private FrameStack _frames = new(EngineDefaults.MaxFrames);

    /// <summary>Pushes and pops <see cref="MicroVariant.Operations"/> frames, in stacks of 100.</summary>
    public void PushFrames()
    {
        for (int round = 0; round < MicroVariant.Operations / Depth; round++)
        {
            for (int depth = 0; depth < Depth; depth++)
            {
                _frames.Push(_context, _callee, _frames.End, 0, FrameFlags.None, _callee.Code.EntryCost);
            }

            for (int depth = 0; depth < Depth; depth++)
            {
                _frames.Top--;
            }
        }
    }

    /// <summary>Sets and looks up keys, more than the cache keeps; returns the lookups with the right answer.</summary>
    public static int UseCache(HashInlineCache cache)
    {
        int hits = 0;
        for (int i = 0; i < CacheOperations / 2; i++)
        {
            cache.Set(i % Keys, i % 7, null, i);
            hits += cache.TryGet(i % Keys, i % 7, out _, out int number) && number == i ? 1 : 0;
        }

        return hits;
    }

    /// <summary>Rents slots of all classes and returns a third of them meanwhile; returns the leases that are left.</summary>
    public static List<SlabLease> RentSlots(SlabPool pool)
    {
        Random random = new(7);
        List<SlabLease> leases = [];
        for (int i = 0; i < Rentals; i++)
        {
            if (leases.Count > MostLeases || (leases.Count > 0 && random.Next(3) == 0))
            {
                int last = random.Next(leases.Count);
                pool.Return(leases[last]);
                leases.RemoveAt(last);
            }

            leases.Add(pool.Rent(random.Next(1, SlabPool.LargestSlot + 1)));
        }

        return leases;
    }

    private static Closure NewCallee()
    {
        ScriptSource source = new("frames.lyra", string.Empty);
        Prototype prototype = Prototype.WithoutTables(source, "callee", instructions: 1, registers: 4, []);
        return new Closure(new LinkedPrototype(prototype, new ModuleInstance("frames", [])), []);
    }
}
