using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>
/// The registers of the present frame on the present path. A register holds an SSA value; one that the path has not touched is loaded when
/// it is first read.
/// </summary>
internal sealed class RegisterFile(BuildState state, IrBuilder ir)
{
    private readonly System.Collections.Generic.Dictionary<int, IrNode> _initial = [];
    private IrNode? _rootClosure;

    /// <summary>The value of a register that is live.</summary>
    public IrNode Get(int register) => Find(register)
        ?? throw new System.InvalidOperationException($"Register {register} of {state.Frame.Code.Prototype.Name} is dead at {state.Pc}.");

    /// <summary>The value of a register; null when it is dead.</summary>
    public IrNode? Find(int register) => state.Frame.Registers[register] ??= Initial(register);

    /// <summary>The values of consecutive registers.</summary>
    public IrNode[] Range(int first, int count)
    {
        IrNode[] values = new IrNode[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Get(first + i);
        }

        return values;
    }

    public void Set(int register, IrNode value)
    {
        state.Frame.Registers[register] = value;
        state.Frame.IsDirty[register] = true;
    }

    /// <summary>
    /// The value that a register of the present frame held when the region, or the generator, was entered. Null where none is kept: the
    /// register is dead.
    /// </summary>
    public IrNode? Initial(int register)
    {
        FrameScope frame = state.Frame;
        if (frame.Generator is not null)
        {
            return GeneratorRegister(frame, register);
        }

        if (frame.Caller is not null || !state.IsLoop)
        {
            return null;
        }

        if (!_initial.TryGetValue(register, out IrNode? node))
        {
            node = ConstantRegisters.Find(frame.Code.Prototype, frame.Flow, register, state.Graph.RootPc) is { } constant
                ? ir.ConstantAtEntry(constant)
                : LoadAtEntry(register);
            _initial.Add(register, node);
        }

        return node;
    }

    private IrNode LoadAtEntry(int register)
    {
        IrNode load = state.Graph.NewNode(IrOp.LoadRegister, IrType.Any);
        load.Bits = register;
        ir.InsertAtEntry(load);
        return load;
    }

    /// <summary>Reads registers that the interpreter has written.</summary>
    public void Reload(RegisterSpan span)
    {
        FrameScope frame = state.Frame;
        for (int register = span.First; register < span.End; register++)
        {
            IrNode value = state.Graph.NewNode(IrOp.LoadRegister, IrType.Any);
            value.Bits = frame.Base + register;
            ir.Append(value);
            frame.Registers[register] = value;
            frame.IsDirty[register] = frame.Caller is not null || !state.IsLoop;
        }
    }

    /// <summary>Stores the registers that have changed since a coroutine was resumed and that it reads when it continues.</summary>
    public void StoreToCoroutine(IrNode coroutine, int pc)
    {
        FrameScope frame = state.Frame;
        for (int register = 0; register < frame.Registers.Length; register++)
        {
            if (frame.IsDirty[register] && frame.Registers[register] is { } changed && frame.Code.Liveness.IsLive(pc, register))
            {
                ir.Call(RegionHelpers.SetRegisterOfGenerator, coroutine, ir.Int(register), ir.Box(changed));
            }
        }
    }

    /// <summary>The closure of the present frame.</summary>
    public IrNode Closure()
    {
        if (state.Frame.Closure is { } known)
        {
            return known;
        }

        if (_rootClosure is null)
        {
            _rootClosure = state.Graph.NewNode(IrOp.RootClosure, IrType.Closure);
            ir.InsertAtEntry(_rootClosure);
        }

        return _rootClosure;
    }

    /// <summary>A register's value in the representation that was recorded; unchanged when several were.</summary>
    public IrNode Operand(int register, ObservedType? seen) => Narrow(Get(register), seen);

    /// <summary>
    /// A value in the one representation that was recorded; unchanged when several were, or when it has one. Exits when it is of another
    /// one.
    /// </summary>
    public IrNode Narrow(IrNode value, ObservedType? seen)
    {
        if (!value.IsUnknown)
        {
            return value;
        }

        Representation expected = Representation.Of(seen);
        return expected.Type == IrType.Any ? value : NarrowTo(expected, value, seen);
    }

    /// <summary>A value in a representation. From here on every register that holds the value holds the unboxed one.</summary>
    public IrNode NarrowTo(Representation expected, IrNode value, ObservedType? seen = null)
    {
        IrNode narrower = ir.Unbox(value, expected);
        NoteSize(narrower, seen);
        Refine(value, narrower);
        return narrower;
    }

    /// <summary>The value of a register as an int, where the recorder does not observe the register; exits when it is none.</summary>
    public IrNode GetInt(int register, ObservedType? seen = null) => ToInt(Get(register), seen);

    /// <summary>A value as an int, where the recorder does not observe it; exits when it is none.</summary>
    public IrNode ToInt(IrNode value, ObservedType? seen = null) =>
        value.IsUnknown ? NarrowTo(new Representation(IrType.Int, null), value, seen) : value;

    /// <summary>
    /// The struct type, type of the host, bound method or proc in C# that was the only value recorded, as a constant; any other value
    /// unchanged. Exits when it is another one.
    /// </summary>
    public IrNode NarrowToConstant(IrNode value, ObservedType? seen)
    {
        if (!value.IsUnknown || seen is not { Kinds: ObservedKinds.Other, OnlyOther: { } only })
        {
            return value;
        }

        IrNode constant = ir.Object(only);
        ir.Guard(ir.Emit(IrOp.IsThis, IrType.Bool, value, constant));
        Refine(value, constant);
        return constant;
    }

    /// <summary>From here on every register that holds a value holds its narrower form.</summary>
    public void Refine(IrNode value, IrNode narrower)
    {
        if (value == narrower)
        {
            return;
        }

        // Only in this frame: a caller's registers must stay valid on the callee's other paths.
        IrNode?[] registers = state.Frame.Registers;
        for (int i = 0; i < registers.Length; i++)
        {
            if (registers[i] == value)
            {
                registers[i] = narrower;
            }
        }
    }

    /// <summary>Marks an unboxed int of which only small values were recorded.</summary>
    public static void NoteSize(IrNode narrower, ObservedType? seen)
    {
        if (narrower.Op == IrOp.UnboxInt && seen is { HasWideInt: false })
        {
            narrower.Bits = IrNode.SeenSmall;
        }
    }

    /// <summary>The value that a generator's register held when the generator was suspended, loaded where its frame is entered.</summary>
    private IrNode GeneratorRegister(FrameScope frame, int register)
    {
        if (!frame.Initial.TryGetValue(register, out IrNode? value))
        {
            using (ir.At(frame.Entry!))
            {
                value = ir.Call(RegionHelpers.RegisterOfGenerator, frame.Generator!, ir.Int(register));
            }

            frame.Initial.Add(register, value);
        }

        return value;
    }
}
