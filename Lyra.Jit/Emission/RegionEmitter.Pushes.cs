using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>Operations whose result is left on the evaluation stack, and stores.</content>
internal sealed partial class RegionEmitter
{
    /// <summary>Operations that push their inputs and execute one instruction.</summary>
    private static readonly Dictionary<IrOp, OpCode> Direct = new()
    {
        [IrOp.AddInt] = OpCodes.Add,
        [IrOp.SubInt] = OpCodes.Sub,
        [IrOp.MulInt] = OpCodes.Mul,
        [IrOp.DivInt] = OpCodes.Div,
        [IrOp.ModInt] = OpCodes.Rem,
        [IrOp.NegInt] = OpCodes.Neg,
        [IrOp.AndInt] = OpCodes.And,
        [IrOp.OrInt] = OpCodes.Or,
        [IrOp.XorInt] = OpCodes.Xor,
        [IrOp.NotInt] = OpCodes.Not,
        [IrOp.AddFloat] = OpCodes.Add,
        [IrOp.SubFloat] = OpCodes.Sub,
        [IrOp.MulFloat] = OpCodes.Mul,
        [IrOp.DivFloat] = OpCodes.Div,
        [IrOp.ModFloat] = OpCodes.Rem,
        [IrOp.NegFloat] = OpCodes.Neg,
        [IrOp.EqInt] = OpCodes.Ceq,
        [IrOp.LtInt] = OpCodes.Clt,
        [IrOp.EqFloat] = OpCodes.Ceq,
        [IrOp.LtFloat] = OpCodes.Clt,
        [IrOp.EqBool] = OpCodes.Ceq,
        [IrOp.SameObject] = OpCodes.Ceq,
        [IrOp.IntToFloat] = OpCodes.Conv_R8,
        [IrOp.LoadFloat] = OpCodes.Ldelem_R8,
        [IrOp.LoadInt] = OpCodes.Ldelem_I8,
        [IrOp.LoadBool] = OpCodes.Ldelem_U1,
        [IrOp.StoreInt] = OpCodes.Stelem_I8,
        [IrOp.StoreFloat] = OpCodes.Stelem_R8,
        [IrOp.StoreBool] = OpCodes.Stelem_I1,
    };

    /// <summary>Operations that read a field of their input.</summary>
    private static readonly Dictionary<IrOp, FieldInfo> Fields = new()
    {
        [IrOp.ListCount] = typeof(ListObject).GetField(nameof(ListObject.Count))!,
        [IrOp.ListStrategy] = typeof(ListObject).GetField(nameof(ListObject.Strategy))!,
        [IrOp.ListIsTyped] = typeof(ListObject).GetField(nameof(ListObject.ElementType))!,
        [IrOp.ListInts] = typeof(ListObject).GetField(nameof(ListObject.Ints))!,
        [IrOp.ListFloats] = typeof(ListObject).GetField(nameof(ListObject.Floats))!,
        [IrOp.ListBools] = typeof(ListObject).GetField(nameof(ListObject.Bools))!,
        [IrOp.ListValues] = typeof(ListObject).GetField(nameof(ListObject.Values))!,
    };

    private void PushOperation(IrNode node)
    {
        if (Direct.TryGetValue(node.Op, out OpCode direct))
        {
            PushInputs(node);
            _il.Emit(direct);
            return;
        }

        if (Fields.TryGetValue(node.Op, out FieldInfo? field))
        {
            Push(node.Inputs[0]);
            _il.Emit(OpCodes.Ldfld, field);
            PushAfterField(node.Op);
            return;
        }

        switch (node.Op)
        {
            case IrOp.LeInt:
                PushInputs(node);
                Complement(OpCodes.Cgt);
                break;
            case IrOp.LeFloat:
                PushInputs(node);
                Complement(OpCodes.Cgt_Un);
                break;
            case IrOp.Not:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldc_I4, 0);
                _il.Emit(OpCodes.Ceq);
                break;
            case IrOp.ShlInt or IrOp.ShrInt:
                Push(node.Inputs[0]);
                PushCount(node);
                _il.Emit(node.Op == IrOp.ShlInt ? OpCodes.Shl : OpCodes.Shr);
                break;
            case IrOp.AsInt or IrOp.AsFloat or IrOp.AsBool:
                PushAs(node);
                break;
            case IrOp.AsObject or IrOp.AsStruct:
                PushReference(node.Inputs[0]);
                _il.Emit(OpCodes.Castclass, ClassOf(node));
                break;
            default:
                PushTest(node);
                break;
        }
    }

    private void PushTest(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.IsInt or IrOp.IsFloat or IrOp.IsBool or IrOp.IsUnset:
                PushReference(node.Inputs[0]);
                PushTag(TagOf(node.Op));
                _il.Emit(OpCodes.Ceq);
                break;
            case IrOp.IsNil:
                PushReference(node.Inputs[0]);
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Ceq);
                break;
            case IrOp.IsThis:
                PushReference(node.Inputs[0]);
                Push(node.Inputs[1]);
                _il.Emit(OpCodes.Ceq);
                break;
            case IrOp.IsTruthy:
                PushAny(node.Inputs[0]);
                _il.Emit(OpCodes.Call, HelperMethod(nameof(RegionHelpers.IsTruthy)));
                break;
            case IrOp.IsObject:
                PushReference(node.Inputs[0]);
                _il.Emit(OpCodes.Isinst, IrTypes.ClrType((IrType)node.Bits));
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Cgt_Un);
                break;
            case IrOp.IsStruct:
                PushReference(node.Inputs[0]);
                _il.Emit(OpCodes.Ldc_I4, ((Shape)node.Payload!).Id);
                _il.Emit(OpCodes.Call, HelperMethod(nameof(RegionHelpers.HasTypeTag)));
                break;
            case IrOp.RootClosure:
                _il.Emit(OpCodes.Ldarg, Data);
                _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.RootClosure))!);
                break;
            case IrOp.IsCode:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldfld, typeof(Closure).GetField(nameof(Closure.Code))!);
                _il.Emit(OpCodes.Ldloc, _constantLocals[node.Payload!]);
                _il.Emit(OpCodes.Ceq);
                break;
            default:
                PushMember(node);
                break;
        }
    }

    private void PushMember(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.LoadFieldInt or IrOp.LoadFieldBool or IrOp.LoadFieldFloat:
                PushField(node);
                _il.Emit(OpCodes.Ldfld, ValueBits);
                ConvertBits(node.Type);
                break;
            case IrOp.StoreFieldInt:
                PushField(node);
                Push(node.Inputs[1]);
                _il.Emit(OpCodes.Stfld, ValueBits);
                break;
            case IrOp.StoreFieldFloat:
                PushField(node);
                Push(node.Inputs[1]);
                _il.Emit(OpCodes.Call, ToBits);
                _il.Emit(OpCodes.Stfld, ValueBits);
                break;
            case IrOp.StoreField or IrOp.StoreValue or IrOp.StoreMapValue or IrOp.StoreUpvalue or IrOp.StoreVariable:
                StoreAny(node, node.Inputs[^1]);
                break;
            default:
                PushObject(node);
                break;
        }
    }

    private void PushObject(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.StrLength:
                PushProperty(node, typeof(ScriptString), nameof(ScriptString.Length), OpCodes.Conv_I8);
                break;
            case IrOp.TupleCount:
                PushProperty(node, typeof(TupleObject), nameof(TupleObject.Count), OpCodes.Conv_I8);
                break;
            case IrOp.RangeStart:
                PushProperty(node, typeof(RangeObject), nameof(RangeObject.Start), OpCodes.Nop);
                break;
            case IrOp.RangeStep:
                PushProperty(node, typeof(RangeObject), nameof(RangeObject.Step), OpCodes.Nop);
                break;
            case IrOp.RangeCount:
                PushProperty(node, typeof(RangeObject), nameof(RangeObject.Count), OpCodes.Nop);
                break;
            case IrOp.RangeIsSmall:
                PushProperty(node, typeof(RangeObject), nameof(RangeObject.BigBounds), OpCodes.Nop);
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Ceq);
                break;
            case IrOp.StrUnit:
                Push(node.Inputs[0]);
                PushIndex(node.Inputs[1]);
                _il.Emit(OpCodes.Call, typeof(ScriptString).GetMethod("get_Item")!);
                _il.Emit(OpCodes.Conv_U8);
                break;
            case IrOp.StrOfUnit:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Conv_U2);
                _il.Emit(OpCodes.Call, typeof(ScriptString).GetMethod(nameof(ScriptString.FromChar))!);
                break;
            default:
                throw new InvalidOperationException($"The emitter has no code for {node.Op}.");
        }
    }

    private void PushProperty(IrNode node, Type type, string name, OpCode conversion)
    {
        Push(node.Inputs[0]);
        _il.Emit(OpCodes.Call, type.GetProperty(name)!.GetMethod!);
        if (conversion != OpCodes.Nop)
        {
            _il.Emit(conversion);
        }
    }

    /// <summary>Both fields of a value in memory, the reference only when it changes kind: a store of an object costs a write barrier.</summary>
    private void StoreAny(IrNode node, IrNode value)
    {
        PushAddress(node);
        PushAny(value);
        _il.Emit(OpCodes.Call, HelperMethod(value.Op switch
        {
            IrOp.BoxInt or IrOp.BoxFloat or IrOp.BoxBool => nameof(RegionHelpers.StoreNumber),
            _ => nameof(RegionHelpers.StoreValue),
        }));
    }

    private void PushInputs(IrNode node)
    {
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            bool isIndex = i == 1 && node.Op is >= IrOp.LoadInt and <= IrOp.StoreValue;
            if (isIndex)
            {
                PushIndex(node.Inputs[i]);
            }
            else
            {
                Push(node.Inputs[i]);
            }
        }
    }

    private void PushAfterField(IrOp op)
    {
        switch (op)
        {
            case IrOp.ListCount:
                _il.Emit(OpCodes.Conv_I8);
                break;
            case IrOp.ListStrategy:
                _il.Emit(OpCodes.Conv_U8);
                break;
            case IrOp.ListIsTyped:
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Cgt_Un);
                break;
        }
    }

    private void ConvertBits(IrType type)
    {
        if (type == IrType.Float)
        {
            _il.Emit(OpCodes.Call, FromBits);
        }
        else if (type == IrType.Bool)
        {
            _il.Emit(OpCodes.Ldc_I8, 0L);
            _il.Emit(OpCodes.Cgt_Un);
        }
    }

    private void Complement(OpCode comparison)
    {
        _il.Emit(comparison);
        _il.Emit(OpCodes.Ldc_I4, 0);
        _il.Emit(OpCodes.Ceq);
    }

    private static MethodInfo HelperMethod(string name) =>
        typeof(RegionHelpers).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
}
