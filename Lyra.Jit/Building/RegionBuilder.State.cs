using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <content>Registers, nodes, representations and snapshots of the path that is being built.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>Instructions that a snapshot may be behind before guards get a new one: the old values it holds stay alive.</summary>
    private const int MaxSnapshotAge = 16;

    private readonly Dictionary<int, IrNode> _initial = [];

    /// <summary>Counts effects, block boundaries and everything else after which a snapshot can't be shared any more.</summary>
    private int _effects;

    private Snapshot? _snapshot;
    private int _snapshotEffects = -1;
    private int _snapshotPc;
    private FrameScope? _snapshotScope;

    private IrNode Emit(IrOp op, IrType type, params IrNode[] inputs)
    {
        IrNode node = _graph.NewNode(op, type, inputs);
        Append(node);
        return node;
    }

    private void Append(IrNode node)
    {
        node.Block = _block;
        _block!.Nodes.Add(node);
        if (node.Writes != IrMemory.None || (node.Effects & (IrEffects.Observes | IrEffects.Fixed)) != 0)
        {
            _hadEffect = true;
            _effects++;
        }
        else if ((node.Effects & IrEffects.Allocates) != 0)
        {
            // To be executed again does no harm, but would be charged again.
            _effects++;
        }
    }

    /// <summary>An operation that exits at the present instruction.</summary>
    private IrNode Guarded(IrOp op, IrType type, params IrNode[] inputs)
    {
        Snapshot here = Here();
        IrNode node = _graph.NewNode(op, type, inputs);
        node.Exit = here;
        Append(node);
        return node;
    }

    private IrNode Constant(IrOp op, IrType type, long bits)
    {
        IrNode node = _graph.NewNode(op, type);
        node.Bits = bits;
        Append(node);
        return node;
    }

    private IrNode Int(long value) => Constant(IrOp.ConstInt, IrType.Int, value);

    private IrNode Float(double value) => Constant(IrOp.ConstFloat, IrType.Float, System.BitConverter.DoubleToInt64Bits(value));

    private IrNode Bool(bool value) => Constant(IrOp.ConstBool, IrType.Bool, value ? 1 : 0);

    private IrNode Nil() => Constant(IrOp.ConstNil, IrType.Any, 0);

    private IrNode Unset() => Constant(IrOp.ConstUnset, IrType.Any, 0);

    /// <summary>An object that is none of the script's, for a helper.</summary>
    private IrNode Foreign(object value) => Constant(IrOp.ConstForeign, IrType.Object, 0).About(value, 0);

    private IrNode Object(ScriptObject value)
    {
        IrNode node = _graph.NewNode(IrOp.ConstObject, IrTypes.OfObject(value));
        node.Payload = value;
        Append(node);
        return node;
    }

    private IrNode ConstantOf(in Value value)
    {
        if (value.IsInt)
        {
            return Int(value.AsInt);
        }

        if (value.IsFloat)
        {
            return Float(value.AsFloat);
        }

        if (value.IsBool)
        {
            return Bool(value.AsBool);
        }

        return value.IsNil ? Nil() : value.IsUnset ? Unset() : Object((ScriptObject)value.Ref!);
    }

    /// <summary>What a register holds; null when it is dead.</summary>
    private IrNode? ReadRegister(int register) => _scope.Registers[register] ??= InitialRegister(register);

    private IrNode Register(int register) =>
        ReadRegister(register) ?? throw new System.InvalidOperationException($"Register {register} of {_scope.Code.Prototype.Name} is dead at {_pc}.");

    /// <summary>What the interpreter left in a register of the root frame.</summary>
    private IrNode? InitialRegister(int register)
    {
        if (_scope.Generator is not null)
        {
            return GeneratorRegister(_scope, register);
        }

        if (_scope.Caller is not null || _profile.Kind != RegionKind.Loop)
        {
            return null;
        }

        if (!_initial.TryGetValue(register, out IrNode? node))
        {
            node = _graph.NewNode(IrOp.LoadRegister, IrType.Any);
            node.Bits = register;
            node.Block = _graph.Entry;
            _graph.Entry.Nodes.Insert(0, node);
            _initial.Add(register, node);
        }

        return node;
    }

    private void SetRegister(int register, IrNode value)
    {
        _scope.Registers[register] = value;
        _scope.IsDirty[register] = true;
    }

    /// <summary>From here on a value is known in a narrower representation: every register that holds it holds that.</summary>
    private void Refine(IrNode value, IrNode narrower)
    {
        if (value == narrower)
        {
            return;
        }

        // Of this frame alone: what a caller holds must stay valid on the callee's other paths.
        IrNode?[] registers = _scope.Registers;
        for (int i = 0; i < registers.Length; i++)
        {
            if (registers[i] == value)
            {
                registers[i] = narrower;
            }
        }
    }

    /// <summary>The value that a node narrows, or the node itself.</summary>
    private static IrNode Unrefined(IrNode node) => node.Op is >= IrOp.UnboxInt and <= IrOp.AsStruct ? node.Inputs[0] : node;

    /// <summary>The value in a representation; null when it is of another one for certain. Exits at the present instruction when it is not.</summary>
    private IrNode? Convert(IrNode value, Representation wanted)
    {
        if (Representation.Of(value) == wanted)
        {
            return value;
        }

        if (wanted.Type == IrType.Any)
        {
            return Box(value);
        }

        return value.Type == IrType.Any ? Unbox(value, wanted) : null;
    }

    private IrNode Unbox(IrNode value, Representation wanted)
    {
        switch (wanted.Type)
        {
            case IrType.Int:
                return Guarded(IrOp.UnboxInt, IrType.Int, value);
            case IrType.Float:
                return Guarded(IrOp.UnboxFloat, IrType.Float, value);
            case IrType.Bool:
                return Guarded(IrOp.UnboxBool, IrType.Bool, value);
            case IrType.Struct:
                IrNode instance = Guarded(IrOp.UnboxStruct, IrType.Struct, value);
                instance.Payload = wanted.Shape;
                return instance;
            default:
                return Guarded(IrOp.UnboxObject, wanted.Type, value);
        }
    }

    private IrNode Box(IrNode value) => value.Type switch
    {
        IrType.Any => value,
        IrType.Int => Emit(IrOp.BoxInt, IrType.Any, value),
        IrType.Float => Emit(IrOp.BoxFloat, IrType.Any, value),
        IrType.Bool => Emit(IrOp.BoxBool, IrType.Any, value),
        _ => Emit(IrOp.BoxObject, IrType.Any, value),
    };

    /// <summary>
    /// A register's value in the representation that it has or that was seen at this instruction; still Any when several were seen.
    /// </summary>
    private IrNode Operand(int register, ObservedType? seen) => Narrow(Register(register), seen);

    private IrNode Narrow(IrNode value, ObservedType? seen)
    {
        if (value.Type != IrType.Any || value.IsConstant)
        {
            return value;
        }

        Representation wanted = Representation.Of(seen);
        if (wanted.Type == IrType.Any)
        {
            return value;
        }

        IrNode narrower = Unbox(value, wanted);
        NoteSize(narrower, seen);
        Refine(value, narrower);
        return narrower;
    }

    private static void NoteSize(IrNode narrower, ObservedType? seen)
    {
        if (narrower.Op == IrOp.UnboxInt && seen is { HasWideInt: false })
        {
            narrower.Bits = IrNode.SeenSmall;
        }
    }

    /// <summary>The snapshot of the present instruction, or an earlier one from which nothing has had an effect.</summary>
    private Snapshot Here()
    {
        if (_snapshot is not null && _snapshotEffects == _effects && _snapshotScope == _scope && _pc >= _snapshotPc && _pc - _snapshotPc <= MaxSnapshotAge)
        {
            return _snapshot;
        }

        _snapshot = NewSnapshot(_pc);
        _snapshotEffects = _effects;
        _snapshotScope = _scope;
        _snapshotPc = _pc;
        return _snapshot;
    }

    /// <summary>The interpreter's state before an instruction of the present frame, or, where that is redone, before the instruction that made the call.</summary>
    private Snapshot NewSnapshot(int pc)
    {
        FrameScope innermost = _scope;
        if (_scope.IsRedone)
        {
            (innermost, pc) = (_scope.Caller!, _scope.CallPc);
        }

        SnapshotFrame[] frames = new SnapshotFrame[innermost.Depth + 1];
        FrameScope? callee = null;
        for (FrameScope? scope = innermost; scope is not null; scope = scope.Caller)
        {
            int position = callee is null ? pc : callee.CallPc + 1;
            List<SnapshotSlot> slots = callee is null ? Slots(scope, pc)
                : SlotsInCall(scope, callee.CallPc, callee.Base - scope.Base, callee.DropsResult ? -1 : callee.ReturnSlot - scope.Base);
            frames[scope.Depth] = NewFrame(scope, position, slots);
            callee = scope;
        }

        return _graph.NewSnapshot(frames);
    }

    private SnapshotFrame NewFrame(FrameScope scope, int pc, List<SnapshotSlot> slots) => new()
    {
        Code = scope.Code,
        Pc = pc,
        Base = scope.Base,
        ReturnSlot = scope.ReturnSlot,
        Closure = scope.Caller is null && _profile.Kind == RegionKind.Loop ? null : scope.Generator ?? scope.Closure,
        DropsResult = scope.DropsResult,
        Slots = slots,
    };

    private List<SnapshotSlot> Slots(FrameScope scope, int pc)
    {
        List<SnapshotSlot> slots = [];
        LivenessMap liveness = scope.Code.Liveness;
        for (int register = 0; register < scope.Registers.Length; register++)
        {
            if (IsToBeKept(scope, register) && liveness.IsLive(pc, register))
            {
                slots.Add(new SnapshotSlot(register, scope.Registers[register]!));
            }
        }

        return slots;
    }

    /// <summary>
    /// What a frame needs while it calls: what is read behind the call, but for its result; and below the callee's registers what handlers read when the
    /// callee fails, which is live before the call.
    /// </summary>
    private List<SnapshotSlot> SlotsInCall(FrameScope scope, int callPc, int calleeBase, int result)
    {
        List<SnapshotSlot> slots = [];
        LivenessMap liveness = scope.Code.Liveness;
        for (int register = 0; register < scope.Registers.Length; register++)
        {
            bool isLive = (register != result && liveness.IsLive(callPc + 1, register)) || (register < calleeBase && liveness.IsLive(callPc, register));
            if (isLive && IsToBeKept(scope, register))
            {
                slots.Add(new SnapshotSlot(register, scope.Registers[register]!));
            }
        }

        return slots;
    }

    /// <summary>Whether a register's value is known, and not what is kept anyway.</summary>
    private bool IsToBeKept(FrameScope scope, int register) => scope.Registers[register] is not null
        && (scope.IsDirty[register] || (!scope.KeepsRegisters && (scope.Caller is not null || _profile.Kind == RegionKind.Entry)));

    /// <summary>The closure of the present frame.</summary>
    private IrNode FrameClosure()
    {
        if (_scope.Closure is { } known)
        {
            return known;
        }

        if (_rootClosure is null)
        {
            _rootClosure = _graph.NewNode(IrOp.RootClosure, IrType.Closure);
            _rootClosure.Block = _graph.Entry;
            _graph.Entry.Nodes.Insert(0, _rootClosure);
        }

        return _rootClosure;
    }
}
