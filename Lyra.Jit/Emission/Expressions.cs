using System;
using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Emission;

/// <summary>Emits operations without effects. Their code leaves the result on the evaluation stack.</summary>
internal sealed class Expressions(RegionMethod method, Values values, ConstantLoader constants)
{
    private readonly IlBuffer _il = method.Il;

    /// <summary>Emits an operation.</summary>
    public void Push(IrNode node)
    {
        if (MachineOperation.Of(node.Op) is { } operation)
        {
            PushOperation(node, operation);
            return;
        }

        switch (node.Op)
        {
            case IrOp.Not:
                values.Push(node.Inputs[0]);
                Complement();
                break;
            case IrOp.ShlInt:
                PushShift(node, OpCodes.Shl);
                break;
            case IrOp.ShrInt:
                PushShift(node, OpCodes.Shr);
                break;
            case IrOp.AsInt or IrOp.AsFloat or IrOp.AsBool:
                values.PushContents(node);
                break;
            case IrOp.AsObject or IrOp.AsStruct:
                values.PushReference(node.Inputs[0]);
                _il.EmitCast(Values.ClassOf(node));
                break;
            case IrOp.IsInt or IrOp.IsFloat or IrOp.IsBool or IrOp.IsUnset:
                values.PushReference(node.Inputs[0]);
                values.PushTag(RegionTags.NameOf(node.Op));
                _il.Emit(OpCodes.Ceq);
                break;
            case IrOp.IsNil:
                values.PushReference(node.Inputs[0]);
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Ceq);
                break;
            case IrOp.IsThis:
                values.PushReference(node.Inputs[0]);
                values.Push(node.Inputs[1]);
                _il.Emit(OpCodes.Ceq);
                break;
            case IrOp.IsTruthy:
                values.PushAny(node.Inputs[0]);
                _il.Emit(OpCodes.Call, RegionMethod.Helper(nameof(RegionHelpers.IsTruthy)));
                break;
            case IrOp.IsObject:
                values.PushReference(node.Inputs[0]);
                _il.EmitTypeTest(IrTypes.ClrType((IrType)node.Bits));
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Cgt_Un);
                break;
            case IrOp.IsStruct:
                values.PushReference(node.Inputs[0]);
                _il.Emit(OpCodes.Ldc_I4, ((Shape)node.Payload!).Id);
                _il.Emit(OpCodes.Call, RegionMethod.Helper(nameof(RegionHelpers.HasTypeTag)));
                break;
            case IrOp.IsHost:
                values.PushReference(node.Inputs[0]);
                _il.EmitTypeTest(((HostType)node.Payload!).ObjectClass);
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Cgt_Un);
                break;
            case IrOp.IsHostClass:
                PushIsOneOf((HostClasses)node.Payload!, node.Inputs[0]);
                break;
            case IrOp.IsCode:
                values.Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldfld, typeof(Closure).GetField(nameof(Closure.Code))!);
                _il.Emit(OpCodes.Ldloc, constants.LocalOf(node.Payload!));
                _il.Emit(OpCodes.Ceq);
                break;
            case IrOp.RootClosure:
                _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
                _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.RootClosure))!);
                break;
            case IrOp.StrLength:
                PushProperty(node, typeof(ScriptString), nameof(ScriptString.Length));
                _il.Emit(OpCodes.Conv_I8);
                break;
            case IrOp.TupleCount:
                PushProperty(node, typeof(TupleObject), nameof(TupleObject.Count));
                _il.Emit(OpCodes.Conv_I8);
                break;
            case IrOp.RangeStart:
                PushProperty(node, typeof(RangeObject), nameof(RangeObject.Start));
                break;
            case IrOp.RangeStep:
                PushProperty(node, typeof(RangeObject), nameof(RangeObject.Step));
                break;
            case IrOp.RangeCount:
                PushProperty(node, typeof(RangeObject), nameof(RangeObject.Count));
                break;
            case IrOp.RangeIsSmall:
                PushProperty(node, typeof(RangeObject), nameof(RangeObject.BigBounds));
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Ceq);
                break;
            case IrOp.StrUnits:
                PushProperty(node, typeof(ScriptString), nameof(ScriptString.Units));
                break;
            case IrOp.LoadUnit:
                values.Push(node.Inputs[0]);
                values.PushIndex(node.Inputs[1]);
                _il.Emit(OpCodes.Call, typeof(TextUnits).GetMethod(nameof(TextUnits.At))!);
                _il.Emit(OpCodes.Conv_U8);
                break;
            case IrOp.StrOfUnit:
                values.Push(node.Inputs[0]);
                _il.Emit(OpCodes.Conv_U2);
                _il.Emit(OpCodes.Call, typeof(ScriptString).GetMethod(nameof(ScriptString.FromChar))!);
                break;
            case IrOp.StrOfEnum:
                _il.Emit(OpCodes.Ldloc, constants.LocalOf(node.Payload!));
                values.Push(node.Inputs[0]);
                _il.Emit(OpCodes.Call, typeof(HostEnum).GetMethod(nameof(HostEnum.NameOf))!);
                break;
            default:
                throw new InvalidOperationException($"The emitter has no code for {node.Op}.");
        }
    }

    private void PushOperation(IrNode node, MachineOperation operation)
    {
        foreach (IrNode input in node.Inputs)
        {
            values.Push(input);
        }

        _il.Emit(operation.Code);
        if (operation.IsComplement)
        {
            Complement();
        }
    }

    /// <summary>Pushes whether the class of an object of the host, whose type is known, is one of several: a comparison each.</summary>
    private void PushIsOneOf(HostClasses classes, IrNode node)
    {
        for (int n = 0; n < classes.Exact.Length; n++)
        {
            values.PushTarget(classes.Type, node);
            _il.EmitExactTest(classes.Exact[n]);
            if (n > 0)
            {
                _il.Emit(OpCodes.Or);
            }
        }
    }

    private void PushShift(IrNode node, OpCode shift)
    {
        values.Push(node.Inputs[0]);
        values.PushIndex(node.Inputs[1]);
        _il.Emit(shift);
    }

    private void PushProperty(
        IrNode node, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type, string name)
    {
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Call, type.GetProperty(name)!.GetMethod!);
    }

    /// <summary>Negates the bool on the stack.</summary>
    private void Complement()
    {
        _il.Emit(OpCodes.Ldc_I4, 0);
        _il.Emit(OpCodes.Ceq);
    }
}
