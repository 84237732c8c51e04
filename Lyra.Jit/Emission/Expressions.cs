using System;
using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Emission;

/// <summary>Emits operations without effects. Their code leaves the result on the evaluation stack.</summary>
internal sealed class Expressions(RegionMethod method, Values values, ConstantLoader constants)
{
    private readonly IlBuffer _il = method.Il;

    /// <summary>Emits an operation that is one instruction on its inputs.</summary>
    public void Machine(IrNode node)
    {
        foreach (IrNode input in node.Inputs)
        {
            values.Push(input);
        }

        MachineOperation operation = MachineOperation.Of(node.Row.Machine)!;
        _il.Emit(operation.Code);
        if (operation.IsComplement)
        {
            Complement();
        }
    }

    public void Shift(IrNode node)
    {
        values.Push(node.Inputs[0]);
        values.PushIndex(node.Inputs[1]);
        _il.Emit(MachineOperation.Of(node.Row.Machine)!.Code);
    }

    public void Not(IrNode node)
    {
        values.Push(node.Inputs[0]);
        Complement();
    }

    public void Cast(IrNode node)
    {
        values.PushReference(node.Inputs[0]);
        _il.EmitCast(Values.ClassOf(node));
    }

    public void IsTagged(IrNode node)
    {
        values.PushReference(node.Inputs[0]);
        values.PushTag(RegionTags.OfTest(node));
        _il.Emit(OpCodes.Ceq);
    }

    public void IsNil(IrNode node)
    {
        values.PushReference(node.Inputs[0]);
        _il.Emit(OpCodes.Ldnull);
        _il.Emit(OpCodes.Ceq);
    }

    public void IsThis(IrNode node)
    {
        values.PushReference(node.Inputs[0]);
        values.Push(node.Inputs[1]);
        _il.Emit(OpCodes.Ceq);
    }

    public void IsTruthy(IrNode node)
    {
        values.PushAny(node.Inputs[0]);
        _il.Emit(OpCodes.Call, RegionMethod.Helper(nameof(KindHelpers.IsTruthy)));
    }

    public void IsObject(IrNode node) => PushTypeTest(node, IrTypes.ClrType((IrType)node.Bits));

    public void IsStruct(IrNode node)
    {
        values.PushReference(node.Inputs[0]);
        _il.Emit(OpCodes.Ldc_I4, ((Shape)node.Payload!).Id);
        _il.Emit(OpCodes.Call, RegionMethod.Helper(nameof(KindHelpers.HasTypeTag)));
    }

    public void IsHost(IrNode node) => PushTypeTest(node, ((HostType)node.Payload!).ObjectClass);

    /// <summary>Pushes whether the class of an object of the host, whose type is known, is one of several: a comparison each.</summary>
    public void IsHostClass(IrNode node)
    {
        HostClasses classes = (HostClasses)node.Payload!;
        for (int n = 0; n < classes.Exact.Length; n++)
        {
            values.PushTarget(classes.Type, classes.Type.ClrType, node.Inputs[0]);
            _il.EmitExactTest(classes.Exact[n]);
            if (n > 0)
            {
                _il.Emit(OpCodes.Or);
            }
        }
    }

    public void IsCode(IrNode node)
    {
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Ldfld, typeof(Closure).GetField(nameof(Closure.Code))!);
        constants.Push(node.Payload!);
        _il.Emit(OpCodes.Ceq);
    }

    public void StrLength(IrNode node)
    {
        PushProperty(node, typeof(ScriptString), nameof(ScriptString.Length));
        _il.Emit(OpCodes.Conv_I8);
    }

    public void TupleCount(IrNode node)
    {
        PushProperty(node, typeof(TupleObject), nameof(TupleObject.Count));
        _il.Emit(OpCodes.Conv_I8);
    }

    public void RangeStart(IrNode node) => PushProperty(node, typeof(RangeObject), nameof(RangeObject.Start));

    public void RangeStep(IrNode node) => PushProperty(node, typeof(RangeObject), nameof(RangeObject.Step));

    public void RangeCount(IrNode node) => PushProperty(node, typeof(RangeObject), nameof(RangeObject.Count));

    public void RangeIsSmall(IrNode node)
    {
        PushProperty(node, typeof(RangeObject), nameof(RangeObject.BigBounds));
        _il.Emit(OpCodes.Ldnull);
        _il.Emit(OpCodes.Ceq);
    }

    public void StrUnits(IrNode node) => PushProperty(node, typeof(ScriptString), nameof(ScriptString.Units));

    public void LoadUnit(IrNode node)
    {
        values.Push(node.Inputs[0]);
        values.PushIndex(node.Inputs[1]);
        _il.Emit(OpCodes.Call, typeof(TextUnits).GetMethod(nameof(TextUnits.At))!);
        _il.Emit(OpCodes.Conv_U8);
    }

    public void StrOfUnit(IrNode node)
    {
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Conv_U2);
        _il.Emit(OpCodes.Call, typeof(ScriptString).GetMethod(nameof(ScriptString.FromChar))!);
    }

    public void StrOfEnum(IrNode node)
    {
        constants.Push(node.Payload!);
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Call, typeof(HostEnum).GetMethod(nameof(HostEnum.NameOf))!);
    }

    private void PushTypeTest(IrNode node, Type type)
    {
        values.PushReference(node.Inputs[0]);
        _il.EmitTypeTest(type);
        _il.Emit(OpCodes.Ldnull);
        _il.Emit(OpCodes.Cgt_Un);
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
