using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Modules;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Walks the heap that an engine's script can reach, to count its bytes or to compare engines.</summary>
/// <param name="frames">The stacks, and the objects that runs keep for the next one.</param>
/// <param name="globals">The variables that every script of the engine sees.</param>
/// <param name="underConstruction">The objects that builtins construct.</param>
/// <param name="coroutines">The running generators and tasks.</param>
/// <param name="modules">The imported modules.</param>
/// <param name="eventLoop">The other tasks.</param>
internal sealed class HeapWalk(
    FrameContext frames,
    Dictionary<string, GlobalVariable> globals,
    IReadOnlyList<ScriptObject> underConstruction,
    CoroutineStack coroutines,
    ModuleTable modules,
    EventLoop eventLoop)
{
    /// <summary>The name for the bytes that belong to no value: stacks, and what the roots count themselves.</summary>
    private const string EngineType = "(engine)";

    private readonly ReferenceSet _seen = new();

    /// <summary>Whether the heap was walked and the stacks have not been swept since.</summary>
    public bool IsSweepDue { get; private set; }

    /// <summary>
    /// Bytes of everything that the script can reach: its stacks, variables, modules, tasks and the objects that builtins construct.
    /// </summary>
    /// <param name="pulse">Called from time to time; null for nothing.</param>
    /// <param name="byType">Gets the bytes by the names of types; null if nobody asks for them.</param>
    public long ReachableBytes(Action? pulse = null, IDictionary<string, long>? byType = null)
    {
        // The loop must be entered again for the sweep.
        IsSweepDue = true;
        frames.Budget.Revoke();
        _seen.Clear();
        frames.UsedTaskFrames?.Clear();
        HeapVisitor visitor = new(_seen)
        {
            Pulse = pulse,
            BytesByType = byType,
            BytesBeside = frames.Host.HasIdentities ? frames.Host.IdentityBytes : null,
        };
        VisitRoots(visitor);
        visitor.Drain();
        _seen.Clear();
        long total = visitor.Bytes + frames.Stack.Bytes + frames.Memory.Held;
        byType?.Add(EngineType, total - Sum(byType.Values));
        return total;
    }

    /// <summary>
    /// Visits everything from which a script can reach the rest: its stacks, variables, modules, tasks, and what builtins construct.
    /// </summary>
    public void VisitRoots(HeapVisitor visitor)
    {
        visitor.Visit(frames.Result);
        visitor.Visit(frames.Failure);
        ref FrameStack stack = ref frames.Stack;
        for (int i = 0; i <= stack.Top; i++)
        {
            VisitFrame(visitor, ref stack, i);
        }

        foreach (GlobalVariable global in globals.Values)
        {
            global.VisitReferences(visitor);
        }

        VisitAll(visitor, underConstruction);
        coroutines.Visit(visitor);
        VisitAll(visitor, modules.Imported);
        eventLoop.Visit(visitor);
        LibraryState.Visit(frames, visitor);
    }

    /// <summary>
    /// After a walk, clears the parts of the stacks that the walk did not count, because their values would stay alive. Must be called when
    /// the loop is about to execute the next instruction of the running frame: a walk itself may occur within an instruction that uses
    /// registers which are dead before and after it.
    /// </summary>
    public void SweepIfDue(RunLimiter limiter)
    {
        if (IsSweepDue)
        {
            IsSweepDue = false;
            frames.Stack.Sweep();
            frames.Regions.Exits?.Forget();
            limiter.CollectGarbageIfDue();
        }
    }

    /// <summary>
    /// The roots of everything that a later script could see, in an order that depends on names alone: the result of the last run, the
    /// globals, the imported modules, and the state of module <c>random</c>. Must not be called while a script runs (see
    /// <see cref="HeapDigest"/>).
    /// </summary>
    /// <param name="result">The result of the last run, or the error that ended it.</param>
    public List<HeapPart> Roots(in Value result)
    {
        List<HeapPart> roots = [new("(result)", 0, result), new("(random)", 0, Value.FromInt((long)frames.RandomState))];
        foreach (string name in Sorted(globals.Keys))
        {
            roots.Add(new HeapPart(name, 0, globals[name].Value));
        }

        IReadOnlyDictionary<string, ModuleInstance> imported = modules.ByName;
        foreach (string name in Sorted(imported.Keys))
        {
            roots.Add(new HeapPart($"(module {name})", 0, Value.FromObject(imported[name])));
        }

        return roots;
    }

    /// <summary>
    /// Visits a frame's closure and its live registers: those that the instruction being executed or a later one may read. The others hold
    /// garbage, including that of earlier frames. A closure without captures does not count: frames that compiled code has left may have
    /// another one than the interpreter's would.
    /// </summary>
    private static void VisitFrame(HeapVisitor visitor, ref FrameStack stack, int index)
    {
        ref Frame frame = ref stack.Frames[index];
        LinkedPrototype code = frame.Closure.Code;
        visitor.Visit(frame.Closure.Captures.Length > 0 ? frame.Closure : code.Module);
        LivenessMap liveness = code.Liveness;
        int count = code.RegisterCount;
        if (index < stack.Top)
        {
            // The registers from there on belong to the callee.
            count = Math.Min(count, stack.Frames[index + 1].Base - frame.Base);
        }

        // A top level that waits for a task is positioned at the instruction that waits. Other frames execute the one before their
        // position: what is live at the next one only would be counted in one tier and not in the other.
        int position = (frame.Flags & FrameFlags.Waiting) != 0 ? frame.Pc : Math.Max(frame.Pc - 1, 0);
        for (int register = 0; register < count && frame.Base + register < stack.Registers.Length; register++)
        {
            if (liveness.IsLive(position, register))
            {
                visitor.Visit(stack.Registers[frame.Base + register]);
            }
        }
    }

    private static void VisitAll(HeapVisitor visitor, IEnumerable<ScriptObject> objects)
    {
        foreach (ScriptObject o in objects)
        {
            visitor.Visit(o);
        }
    }

    private static long Sum(IEnumerable<long> numbers)
    {
        long sum = 0;
        foreach (long number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    private static List<string> Sorted(IEnumerable<string> names)
    {
        List<string> sorted = [.. names];
        sorted.Sort(StringComparer.Ordinal);
        return sorted;
    }
}
