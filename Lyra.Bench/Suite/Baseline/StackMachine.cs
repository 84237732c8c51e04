using System;
using System.Collections.Generic;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Library;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>
/// The yardstick of the tiers: a stack machine as one writes it first. One array holds the local variables and the operands of all frames,
/// and one <c>switch</c> executes the instructions. Values, objects, semantics and library are those of Lyra. There are no caches, no fused
/// instructions, no optimizer, no compiled code, and no limits except that on nested calls.
/// </summary>
internal sealed partial class StackMachine : ScriptContext
{
    private const int StackValues = 1 << 18;

    private readonly Value[] _stack = new Value[StackValues];
    private readonly StackFrame[] _frames = new StackFrame[EngineDefaults.MaxFrames];
    private readonly List<StackStruct> _structs = [];
    private readonly Dictionary<string, StackClosure> _prelude = [];
    private readonly TaskQueue _tasks;
    private int _frameCount;

    /// <summary>The position behind the last value in use, while the loop is not running.</summary>
    private int _top;

    private Value _result;
    private ulong _randomState;
    private ErrorObject? _raised;

    public StackMachine(HostServices host)
    {
        Host = host;
        _tasks = new TaskQueue(this);
        OnBudgetSpent();
        OnMemorySpent(0);
    }

    public override HostServices Host { get; }

    public override ITaskScheduler Tasks => _tasks;

    public override ref ulong RandomState => ref _randomState;

    /// <summary>The structs of all compiled modules.</summary>
    public IReadOnlyList<StackStruct> Structs => _structs;

    /// <summary>The line at which the last error was raised.</summary>
    public int ErrorLine { get; private set; }

    /// <summary>Runs the top level of a module, and then all tasks.</summary>
    public void Run(StackModule module) => Call(Value.FromObject(module.Main), []);

    /// <summary>Calls a proc, and then runs all tasks.</summary>
    public Value Call(in Value proc, ReadOnlySpan<Value> arguments)
    {
        Value result = Invoke(proc, arguments);
        _tasks.RunAll();
        return result;
    }

    /// <summary>Adds a struct. Its number is its position, so that an instance leads to it.</summary>
    public StackStruct AddStruct(Func<int, Shape> make)
    {
        StackStruct type = new(make(ScriptObject.FirstShapeTag + _structs.Count));
        _structs.Add(type);
        return type;
    }

    public override void OnBudgetSpent() => Budget.Left = long.MaxValue / 2;

    public override void OnMemorySpent(long bytes) => Memory.Left = long.MaxValue / 2;

    public override Value Invoke(in Value callee, ReadOnlySpan<Value> arguments)
    {
        int mark = _top;
        int first = mark + 1;
        CheckStack(first + arguments.Length);
        arguments.CopyTo(_stack.AsSpan(first));
        _top = first + arguments.Length;
        bool isPushed = CallValue(callee, first, arguments.Length, mark);
        if (isPushed)
        {
            _frames[_frameCount - 1].IsEntry = true;
            Execute();
        }

        _top = mark;
        return isPushed ? _result : _stack[mark];
    }

    /// <summary>The proc of the prelude, as a closure of Lyra that <see cref="CallValue"/> unwraps.</summary>
    public override Closure FindScripted(Intrinsic row, int count, LinkedPrototype? caller = null, int pc = 0)
    {
        StackClosure proc = FindPrelude(row, count);
        ModuleInstance none = new("prelude", []);
        Prototype empty = Prototype.WithoutTables(new ScriptSource(ScriptSource.LibraryFile, string.Empty), row.Name, 0, 0, []);
        return new Closure(new LinkedPrototype(empty, none), [Value.FromObject(proc)]);
    }

    public override Value InvokeMethod(Closure method, in Value self, ReadOnlySpan<Value> arguments) =>
        Invoke(Value.FromObject(method), [self, .. arguments]);

    public override bool ResumeGenerator(GeneratorObject generator, out Value value) =>
        throw new InvalidOperationException("The machine makes coroutines only.");

    public override void CloseGenerator(GeneratorObject generator) => generator.IsDone = true;

    public override void Protect(ScriptObject underConstruction)
    {
        // Without a memory limit there are no heap walks.
    }

    public override void Unprotect()
    {
    }

    public override void WithNativeStack(Action body) => NativeStack.Run(body, static run => run());

    /// <summary>The proc of an intrinsic that is written in Lyra: the same source, compiled to stack code.</summary>
    private StackClosure FindPrelude(Intrinsic row, int count)
    {
        string name = Prelude.NameOf(row, count);
        if (!_prelude.TryGetValue(name, out StackClosure? proc))
        {
            // The proc is the last variable of its module.
            proc = (StackClosure)StackCompiler.Compile(this, Prelude.SourceOf(name), new PreludeNames()).Instance.Slots[^1].Ref!;
            _prelude.Add(name, proc);
        }

        return proc;
    }

    private StackStruct StructOf(StructObject instance) => _structs[instance.TypeTag - ScriptObject.FirstShapeTag];

    private StackStruct StructOf(Shape shape) => _structs[shape.Id - ScriptObject.FirstShapeTag];

    private void CheckStack(int top)
    {
        if (top >= StackValues)
        {
            throw Throw.StackOverflow(MaxFrames);
        }
    }
}
