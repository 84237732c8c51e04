using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Building;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Ir;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>Compiled procs: their arguments and results, and how they are called and left.</content>
internal sealed partial class RegionEmitter
{
    /// <summary>What an entry region has in the place of the register stack: see <see cref="EntryCode{TResult}"/>.</summary>
    private static readonly IlArgument RoomArgument = new(2);

    private readonly IlArgument[] _arguments;
    private readonly HashSet<EntryCell> _calls = [];
    private IlLocal? _room;

    /// <summary>The signature of an entry region; notes where its arguments are.</summary>
    private IlMethodSignature EntryMethod()
    {
        List<Type> types = [typeof(RegionData), typeof(ScriptContext), typeof(int)];
        for (int i = 0; i < _arguments.Length; i++)
        {
            _arguments[i] = new IlArgument(types.Count);
            types.Add(EntryCodes.ClassOf(new Representation(_graph.ArgumentTypes[i], ShapeOfArgument(i))));
            if (_graph.ArgumentTypes[i] == IrType.Any)
            {
                types.Add(typeof(long));
            }
        }

        return new IlMethodSignature([.. types], ResultClass());
    }

    private Runtime.Objects.Shape? ShapeOfArgument(int argument) => argument < _graph.ArgumentShapes.Length ? _graph.ArgumentShapes[argument] : null;

    private Type ResultClass() => EntryCodes.ResultClassOf(
        _graph.ResultType == IrType.None ? null : new Representation(_graph.ResultType, _graph.ResultShape));

    /// <summary>In a loop region that calls procs: how many frames they may stand for.</summary>
    private void ComputeRoom()
    {
        if (_graph.Kind == RegionKind.Entry || !HasCalls())
        {
            return;
        }

        _room = _il.DeclareLocal(typeof(int), "room");
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.RoomOf))!);
        _il.Emit(OpCodes.Stloc, _room.Value);
    }

    private bool HasCalls()
    {
        foreach (IrBlock block in _blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                if (node.Op == IrOp.CallRegion)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void LoadConstantsOf(IrBlock block)
    {
        for (int constant = 0; _constantUses is not null && constant < _constants.Count; constant++)
        {
            if (_constantUses.BlockOf(_constants[constant]!) == block)
            {
                IlLocal local = _constantLocals[_constants[constant]!];
                EmitLoad(constant, _il.Locals[local.Index].Type, local);
            }
        }
    }

    private void EmitCheckRoom(IrNode node)
    {
        IlLabel exit = ExitOf(node);
        _il.Emit(OpCodes.Ldarg, RoomArgument);
        _il.Emit(OpCodes.Ldc_I4, 0);
        _il.Emit(OpCodes.Blt, exit);
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Call, typeof(NativeRoom).GetMethod(nameof(NativeRoom.IsLeft))!);
        _il.Emit(OpCodes.Brfalse, exit);
    }

    private void EmitReturn(IrNode? value)
    {
        if (value is null)
        {
            _il.Emit(OpCodes.Ldc_I4, 0);
        }
        else if (value.Type == IrType.Any)
        {
            PushAny(value);
            _il.Emit(OpCodes.Newobj, typeof(Value).GetConstructor([typeof(object), typeof(long)])!);
        }
        else
        {
            Push(value);
        }

        _il.Emit(OpCodes.Ret);
    }

    /// <summary>Behind the code that stored a snapshot's values: gives the guard's number back, or what a proc gives that has no result.</summary>
    private void EmitLeave(IlLocal number)
    {
        if (_graph.Kind == RegionKind.Loop)
        {
            _il.Emit(OpCodes.Ldloc, number);
            _il.Emit(OpCodes.Ret);
            return;
        }

        _il.Emit(OpCodes.Ldarg, Data);
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldloc, number);
        _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.Leave))!);
        PushNothing();
        _il.Emit(OpCodes.Ret);
    }

    private void PushNothing()
    {
        switch (_graph.ResultType)
        {
            case IrType.None or IrType.Bool:
                _il.Emit(OpCodes.Ldc_I4, 0);
                break;
            case IrType.Int:
                _il.Emit(OpCodes.Ldc_I8, 0L);
                break;
            case IrType.Float:
                _il.Emit(OpCodes.Ldc_R8, 0.0);
                break;
            case IrType.Any:
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Ldc_I8, 0L);
                _il.Emit(OpCodes.Newobj, typeof(Value).GetConstructor([typeof(object), typeof(long)])!);
                break;
            default:
                _il.Emit(OpCodes.Ldnull);
                break;
        }
    }

    private void EmitCallRegion(IrNode node)
    {
        RegionCall call = (RegionCall)node.Payload!;
        Type? code = call.Cell is null ? null : EntryCodes.TypeFor(call.Signature);
        if (call.Cell is { } cell)
        {
            _calls.Add(cell);
            _il.Emit(OpCodes.Ldloc, _constantLocals[cell]);
            _il.Emit(OpCodes.Ldfld, cell.GetType().GetField(nameof(EntryCell<Action>.Target))!);
        }
        else
        {
            _il.Emit(OpCodes.Ldarg, Data);
        }

        PushCallArguments(node);
        if (code is null)
        {
            _il.EmitSelfCall();
        }
        else
        {
            _il.Emit(OpCodes.Callvirt, code.GetMethod("Invoke")!);
        }

        TakeResult(node);
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldfld, typeof(ScriptContext).GetField(nameof(ScriptContext.IsUnwinding))!);
        _il.Emit(OpCodes.Brtrue, ExitOf(node));
    }

    private void PushCallArguments(IrNode node)
    {
        _il.Emit(OpCodes.Ldarg, Context);
        if (_room is { } room)
        {
            _il.Emit(OpCodes.Ldloc, room);
        }
        else
        {
            _il.Emit(OpCodes.Ldarg, RoomArgument);
        }

        _il.Emit(OpCodes.Ldc_I4, (int)node.Bits + 1);
        _il.Emit(OpCodes.Sub);
        foreach (IrNode input in node.Inputs)
        {
            if (input.Type == IrType.Any)
            {
                PushAny(input);
            }
            else
            {
                Push(input);
            }
        }
    }

    private void TakeResult(IrNode node)
    {
        if (node.Type == IrType.None)
        {
            _il.Emit(OpCodes.Pop);
        }
        else if (node.Type == IrType.Any)
        {
            TakeValue(node);
        }
        else
        {
            _il.Emit(OpCodes.Stloc, LocalOf(node));
        }
    }
}
