using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <content>Calls: small callees that were recorded are built in line.</content>
internal sealed partial class RegionBuilder
{
    private bool BuildCall(Instruction i)
    {
        switch (i.Op)
        {
            case Opcode.CallProc:
                return _scope.Code.Module.Slots[i.B].Ref is Closure proc && BuildInline(proc.Code, Object(proc), i.A + 1, i.A, i.C);
            case Opcode.Call:
                return BuildClosureCall(i);
            case Opcode.CallMethod:
                return BuildMethodCall(i);
            case Opcode.CallBuiltin:
                return BuildBuiltinCall(i);
            case Opcode.NewStruct:
                return BuildNewStruct(i);
            case Opcode.MakeStruct:
                return BuildMakeStruct(i);
            case Opcode.Return:
                return BuildReturn(Register(i.A));
            case Opcode.ReturnNil:
                return BuildReturn(null);
            default:
                return false;
        }
    }

    private bool BuildClosureCall(Instruction i)
    {
        ObservedType? seen = Profile.A;
        if (seen is not { Kinds: ObservedKinds.Closure, Codes.Count: 1, IsMegamorphic: false } || !CanInline(seen.Codes[0], i.C))
        {
            return false;
        }

        IrNode closure = Operand(i.A, seen);
        GuardCode(closure, seen.Codes[0]);
        return BuildInline(seen.Codes[0], closure, i.A + 1, i.A, i.C);
    }

    private void GuardCode(IrNode closure, LinkedPrototype code)
    {
        if (closure.Op != IrOp.ConstObject && !(closure.Op == IrOp.NewClosure && closure.Payload == code))
        {
            Guarded(IrOp.Guard, IrType.None, Emit(IrOp.IsCode, IrType.Bool, closure).About(code, 0));
        }
    }

    private bool BuildMethodCall(Instruction i)
    {
        IrNode receiver = Operand(i.A, Profile.A);
        string name = _scope.Code.Prototype.Sites[i.B];
        if (receiver.Type == IrType.Struct && receiver.Shape!.IndexOf(name) < 0 && receiver.Shape.FindMethod(name) is { } method)
        {
            return BuildInline(method.Code, Object(method), i.A, i.A, i.C + 1);
        }

        return BuildNativeMethodCall(i, receiver, name);
    }

    private bool BuildNativeMethodCall(Instruction i, IrNode receiver, string name) => false;

    private bool BuildBuiltinCall(Instruction i) => false;

    private bool CanInline(LinkedPrototype code, int count) =>
        code.Kind == ProcKind.Normal && code.FixedCount == count && _scope.Depth < _limits.MaxInlineDepth
        && code.Prototype.Code.Length <= _limits.MaxInlineInstructions && _scope.Context.FindCallee(_pc, code) is not null
        && !_notInlined.Contains((_scope.Context, _pc));

    /// <summary>Builds a callee in line; its registers begin at <paramref name="window"/> of the caller's. False when it is to be called.</summary>
    private bool BuildInline(LinkedPrototype code, IrNode closure, int window, int target, int count)
    {
        if (!CanInline(code, count))
        {
            return false;
        }

        int nodes = _graph.NodeCount;
        FrameScope caller = _scope;
        int callPc = _pc;
        ChargeSteps(code.EntryCost);
        CallContext context = caller.Context.FindCallee(callPc, code)!;
        FrameScope callee = new(context, caller)
        {
            CallPc = callPc,
            Base = caller.Base + window,
            ReturnSlot = caller.Base + target,
            Closure = closure,
        };
        for (int argument = 0; argument < count; argument++)
        {
            callee.Registers[argument] = caller.Registers[window + argument] ?? Register(window + argument);
        }

        _maxDepth = System.Math.Max(_maxDepth, callee.Depth);
        _scope = callee;
        _effects++;
        BuildScope(0);
        _scope = caller;
        _pc = callPc;
        _effects++;
        _inlinedNodes[context] = _graph.NodeCount - nodes;
        JoinReturns(callee, target);
        return true;
    }

    /// <summary>Behind an inlined call: the ways out of it meet, with its result in the caller's register.</summary>
    private void JoinReturns(FrameScope callee, int target)
    {
        if (callee.Returns.Count == 0)
        {
            _block = null;
            return;
        }

        if (callee.Returns.Count == 1)
        {
            _block = callee.Returns[0].Block;
            SetRegister(target, callee.Returns[0].Result ?? Nil());
            return;
        }

        IrBlock block = _graph.NewBlock();
        block.Origin = Origin(_pc);
        IrNode[] values = new IrNode[callee.Returns.Count];
        System.Collections.Generic.List<Incoming> ways = [];
        System.Collections.Generic.List<IrNode>[] arguments = new System.Collections.Generic.List<IrNode>[values.Length];
        bool isSame = true;
        for (int way = 0; way < values.Length; way++)
        {
            (IrBlock from, IrNode? result) = callee.Returns[way];
            _block = from;
            values[way] = result ?? Nil();
            isSame &= values[way] == values[0];
            ways.Add(new Incoming(from, [], []));
            arguments[way] = [];
        }

        IrNode joined = isSame ? values[0] : CommonOrigin(values) ?? NewParameter(block, ways, values, arguments);
        for (int way = 0; way < values.Length; way++)
        {
            Jump(ways[way].From, block, [.. arguments[way]]);
        }

        _block = block;
        SetRegister(target, joined);
    }

    private bool BuildReturn(IrNode? result)
    {
        if (_scope.Caller is null)
        {
            EndWithExit();
            return true;
        }

        _scope.Returns.Add((_block!, result));
        _block = null;
        return true;
    }

    private bool BuildNewStruct(Instruction i)
    {
        if (_scope.Code.Module.Slots[i.B].Ref is not Shape shape || shape.Fields.Length != i.C)
        {
            return false;
        }

        return BuildInstance(i.A, shape, i.A + 1);
    }

    private bool BuildMakeStruct(Instruction i) => false;

    private bool BuildInstance(int target, Shape shape, int first)
    {
        IrNode[] fields = new IrNode[shape.Fields.Length];
        for (int field = 0; field < fields.Length; field++)
        {
            IrNode value = Register(first + field);
            Representation guaranteed = new(KindOfField(shape, field), null);
            if (value.Type == IrType.Any && guaranteed.Type != IrType.Any && !value.IsConstant)
            {
                IrNode narrower = Unbox(value, guaranteed);
                Refine(value, narrower);
                value = narrower;
            }

            if (!TakesAsIs(shape.FieldTypes[field], value) || value.Op == IrOp.ConstUnset)
            {
                return false;
            }

            fields[field] = value;
        }

        return FinishInstance(target, shape, fields);
    }

    private bool FinishInstance(int target, Shape shape, IrNode[] fields)
    {
        for (int field = 0; field < fields.Length; field++)
        {
            if (fields[field].Type == IrType.Any && !fields[field].IsConstant)
            {
                // A missing argument takes its default in the constructor.
                Guarded(IrOp.GuardNot, IrType.None, Emit(IrOp.IsUnset, IrType.Bool, fields[field]));
            }
        }

        IrNode instance = Guarded(IrOp.NewStruct, IrType.Struct, fields);
        instance.Payload = shape;
        SetRegister(target, instance);
        return true;
    }
}
