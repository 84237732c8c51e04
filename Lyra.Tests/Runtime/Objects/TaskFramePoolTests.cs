using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

public sealed class TaskFramePoolTests
{
    private readonly TaskFramePool _pool = new();

    [Fact]
    public void A_frame_that_ended_is_the_next_one_of_its_size()
    {
        Closure first = Proc(registers: 3);
        Closure second = Proc(registers: 3);
        GeneratorObject frame = _pool.Take(first);
        frame.Registers[1] = Value.FromInt(7);
        frame.Pc = 5;
        frame.IsRunning = true;
        frame.IsDone = true;
        frame.Task = new TaskObject("t");
        _pool.Return(frame);
        _pool.Count.ShouldBe(1);
        _pool.Bytes.ShouldBe(GeneratorObject.BytesFor(3));

        _pool.Take(Proc(registers: 4)).ShouldNotBeSameAs(frame);
        GeneratorObject again = _pool.Take(second);
        again.ShouldBeSameAs(frame);
        again.Closure.ShouldBeSameAs(second);
        again.Registers.ShouldAllBe(register => register.IsNil);
        (again.Pc, again.IsRunning, again.IsDone, again.Task).ShouldBe((0, false, false, null));
        (_pool.Count, _pool.Bytes).ShouldBe((0, 0L));
    }

    [Fact]
    public void The_pool_is_bounded_by_bytes_and_takes_no_large_frames()
    {
        List<GeneratorObject> frames = [];
        Closure proc = Proc(registers: 30);
        for (int i = 0; i < 1_000; i++)
        {
            frames.Add(_pool.Take(proc));
        }

        frames.ForEach(_pool.Return);
        _pool.Bytes.ShouldBeInRange(TaskFramePool.MaxBytes - GeneratorObject.BytesFor(30), TaskFramePool.MaxBytes);
        _pool.Count.ShouldBe((int)(TaskFramePool.MaxBytes / GeneratorObject.BytesFor(30)));

        _pool.Clear();
        _pool.Return(_pool.Take(Proc(TaskFramePool.MaxRegisters + 1)));
        (_pool.Count, _pool.Bytes).ShouldBe((0, 0L));
    }

    [Fact]
    public void Trimming_drops_the_frames_that_nobody_needed_since_the_last_time()
    {
        Closure proc = Proc(registers: 2);
        Cycle(proc, 10);
        _pool.Trim();
        _pool.Count.ShouldBe(10);
        Cycle(proc, 4);
        _pool.Trim();
        _pool.Count.ShouldBe(4);
        _pool.Bytes.ShouldBe(4 * GeneratorObject.BytesFor(2));
        _pool.Trim();
        (_pool.Count, _pool.Bytes).ShouldBe((0, 0L));
    }

    [Fact]
    public void A_free_frame_keeps_nothing_alive()
    {
        WeakReference[] held = Fill();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        held.ShouldAllBe(reference => !reference.IsAlive);
        _pool.Count.ShouldBe(1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference[] Fill()
    {
        Closure proc = Proc(registers: 1);
        ListObject kept = new();
        TaskObject task = new("t");
        GeneratorObject frame = _pool.Take(proc);
        frame.Registers[0] = Value.FromObject(kept);
        frame.Task = task;
        _pool.Return(frame);
        return [new WeakReference(proc), new WeakReference(kept), new WeakReference(task)];
    }

    private void Cycle(Closure proc, int count)
    {
        List<GeneratorObject> frames = [];
        for (int i = 0; i < count; i++)
        {
            frames.Add(_pool.Take(proc));
        }

        frames.ForEach(_pool.Return);
    }

    private static Closure Proc(int registers)
    {
        ScriptSource source = new("test.lyra", string.Empty);
        Prototype prototype = Prototype.WithoutTables(source, "proc", instructions: 1, registers, children: []);
        return new Closure(new LinkedPrototype(prototype, IrTexts.Module("test", 0)), []);
    }
}
