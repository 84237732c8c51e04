using System;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>The code of each operation.</content>
internal sealed partial class RegionEmitter
{
    private static readonly FieldInfo ValueRef = typeof(Value).GetField(nameof(Value.Ref))!;
    private static readonly FieldInfo ValueBits = typeof(Value).GetField(nameof(Value.Bits))!;
    private static readonly FieldInfo TypeTagField = typeof(ScriptObject).GetField(nameof(ScriptObject.TypeTag))!;

    /// <summary>A node at its place: guards and effects happen, a result goes to its local.</summary>
    private void EmitNode(IrNode node)
    {
        if (_failures is not null && node.MayExit && node.Op is not (IrOp.Interpret or IrOp.CallRegion))
        {
            EmitForcedExit(node, _failures);
        }

        switch (node.Op)
        {
            case IrOp.UnboxInt or IrOp.UnboxFloat or IrOp.UnboxBool:
                EmitUnbox(node);
                return;
            case IrOp.UnboxObject:
                EmitUnboxObject(node);
                return;
            case IrOp.UnboxStruct:
                EmitUnboxStruct(node);
                return;
            case IrOp.Guard or IrOp.GuardBet:
                BranchUnless(node.Inputs[0], ExitOf(node));
                return;
            case IrOp.GuardNot:
                BranchIf(node.Inputs[0], ExitOf(node));
                return;
            case IrOp.GuardIndex:
                Push(node.Inputs[0]);
                Push(node.Inputs[1]);
                _il.Emit(OpCodes.Bge_Un, ExitOf(node));
                return;
            case IrOp.FoundPosition:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Stloc, LocalOf(node));
                _il.Emit(OpCodes.Ldloc, LocalOf(node));
                _il.Emit(OpCodes.Ldc_I8, 0L);
                _il.Emit(OpCodes.Blt, ExitOf(node));
                return;
            case IrOp.GuardDivisor:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldc_I8, 1L);
                _il.Emit(OpCodes.Add);
                _il.Emit(OpCodes.Ldc_I8, 1L);
                _il.Emit(OpCodes.Ble_Un, ExitOf(node));
                return;
            case IrOp.GuardShift:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldc_I8, 63L);
                _il.Emit(OpCodes.Bgt_Un, ExitOf(node));
                return;
            case IrOp.GuardSmall:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldc_I8, -Interval.Small.Min);
                _il.Emit(OpCodes.Add);
                _il.Emit(OpCodes.Ldc_I8, Interval.Small.Max - Interval.Small.Min);
                _il.Emit(OpCodes.Bgt_Un, ExitOf(node));
                return;
            case IrOp.AddIntChecked or IrOp.SubIntChecked or IrOp.MulIntChecked or IrOp.NegIntChecked or IrOp.ShlIntChecked:
                EmitChecked(node);
                return;
            case IrOp.ChargeSteps:
                EmitCharge(node);
                return;
            case IrOp.RefundSteps:
                GiveBack(node.Bits, _isBudgetInLocal);
                return;
            case IrOp.Interpret:
                EmitInterpret(node);
                return;
            case IrOp.Call:
                EmitCall(node);
                return;
            case IrOp.CallHost:
                EmitCallHost(node);
                return;
            case IrOp.CallRegion:
                EmitCallRegion(node);
                return;
            case IrOp.CheckRoom:
                EmitCheckRoom(node);
                return;
            case IrOp.Argument:
                return;
            case IrOp.NewStruct or IrOp.NewClosure or IrOp.NewUpvalue or IrOp.NewGenerator:
                EmitNewObject(node);
                return;
            case IrOp.MakeStruct or IrOp.MakeTuple or IrOp.MakeClosure:
                EmitMakeObject(node);
                return;
            case IrOp.ChargeMemory:
                EmitChargeMemory(node);
                return;
            case IrOp.NewList:
                EmitNewList(node);
                return;
            case IrOp.NewTuple:
                ChargeMemory(node);
                EmitNewTuple(node, node.Inputs);
                return;
            case IrOp.LoadRegister or IrOp.TupleItem or IrOp.LoadValue or IrOp.LoadMapValue or IrOp.LoadField or IrOp.LoadVariable or IrOp.LoadUpvalue or IrOp.LoadCapture:
                EmitLoadAny(node);
                return;
            default:
                EmitSimple(node);
                return;
        }
    }

    private void EmitSimple(IrNode node)
    {
        PushOperation(node);
        if (node.Type != IrType.None)
        {
            _il.Emit(OpCodes.Stloc, LocalOf(node));
        }
    }

    private void EmitUnbox(IrNode node)
    {
        PushReference(node.Inputs[0]);
        PushTag(TagOf(node.Op));
        _il.Emit(OpCodes.Bne_Un, ExitOf(node));
        PushAs(node);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
    }

    /// <summary>The payload of an Any whose kind is known.</summary>
    private void PushAs(IrNode node)
    {
        PushBits(node.Inputs[0]);
        if (node.Type == IrType.Float)
        {
            _il.Emit(OpCodes.Call, FromBits);
        }
        else if (node.Type == IrType.Bool)
        {
            _il.Emit(OpCodes.Ldc_I8, 0L);
            _il.Emit(OpCodes.Cgt_Un);
        }
    }

    private void EmitUnboxObject(IrNode node)
    {
        PushReference(node.Inputs[0]);
        _il.Emit(OpCodes.Isinst, ClassOf(node));
        _il.Emit(OpCodes.Stloc, LocalOf(node));
        _il.Emit(OpCodes.Ldloc, LocalOf(node));
        _il.Emit(OpCodes.Brfalse, ExitOf(node));
    }

    private void EmitUnboxStruct(IrNode node)
    {
        IlLabel exit = ExitOf(node);
        PushReference(node.Inputs[0]);
        _il.Emit(OpCodes.Isinst, ClassOf(node));
        _il.Emit(OpCodes.Stloc, LocalOf(node));
        _il.Emit(OpCodes.Ldloc, LocalOf(node));
        _il.Emit(OpCodes.Brfalse, exit);
        _il.Emit(OpCodes.Ldloc, LocalOf(node));
        _il.Emit(OpCodes.Ldfld, TypeTagField);
        _il.Emit(OpCodes.Ldc_I4, node.Shape!.Id);
        _il.Emit(OpCodes.Bne_Un, exit);
    }

    private void EmitInterpret(IrNode node)
    {
        IlLocal outcome = _il.DeclareLocal(typeof(int), "outcome");
        IlLabel raised = _il.DefineLabel();
        IlLabel on = _il.DefineLabel();
        Spill(node.Exit!);
        int state = StateOf(node.Exit!);
        _interpreted.Add(state);
        _states[state].Handler = (HandlerTarget?)node.Payload;
        _il.Emit(OpCodes.Ldarg, Data);
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldc_I4, state);
        _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.Interpret))!);
        _il.Emit(OpCodes.Stloc, outcome);
        _il.Emit(OpCodes.Ldloc, outcome);
        _il.Emit(OpCodes.Ldc_I4, 0);
        _il.Emit(OpCodes.Blt, raised);
        _il.Emit(OpCodes.Br, on);
        _il.MarkLabel(raised);
        _il.Emit(OpCodes.Ldc_I4, Tiering.Region.Raised);
        _il.Emit(OpCodes.Ret);
        _il.MarkLabel(on);
        _il.Emit(OpCodes.Ldarg, Data);
        _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.Stack))!);
        _il.Emit(OpCodes.Starg, Stack);
        _il.Emit(OpCodes.Ldloc, outcome);
        _il.Emit(OpCodes.Conv_I8);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
    }

    /// <summary>A load of a whole value from memory: its address, then the two fields.</summary>
    private void EmitLoadAny(IrNode node)
    {
        IlLocal address = _il.DeclareLocal(typeof(Value).MakeByRefType(), $"v{node.Id}.at");
        PushAddress(node);
        _il.Emit(OpCodes.Stloc, address);
        TakeHalves(node, OpCodes.Ldloc, address);
    }

    /// <summary>The two fields of a <see cref="Value"/>, whose address the instruction pushes, go to the two locals of a node.</summary>
    private void TakeHalves(IrNode node, OpCode pushAddress, IlLocal from)
    {
        _il.Emit(pushAddress, from);
        _il.Emit(OpCodes.Ldfld, ValueRef);
        _il.Emit(OpCodes.Stloc, ReferenceOf(node));
        _il.Emit(pushAddress, from);
        _il.Emit(OpCodes.Ldfld, ValueBits);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
    }

    /// <summary>The address of the value that a load or store is about.</summary>
    private void PushAddress(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.LoadRegister:
                _il.Emit(OpCodes.Ldarg, Stack);
                _il.Emit(OpCodes.Ldarg, Origin);
                _il.Emit(OpCodes.Ldc_I4, (int)node.Bits);
                _il.Emit(OpCodes.Add);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            case IrOp.LoadValue or IrOp.StoreValue:
                Push(node.Inputs[0]);
                PushIndex(node.Inputs[1]);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            case IrOp.TupleItem:
                Push(node.Inputs[0]);
                PushIndex(node.Inputs[1]);
                _il.Emit(OpCodes.Call, typeof(TupleObject).GetMethod(nameof(TupleObject.Slot))!);
                break;
            case IrOp.LoadMapValue or IrOp.StoreMapValue:
                Push(node.Inputs[0]);
                PushIndex(node.Inputs[1]);
                _il.Emit(OpCodes.Call, typeof(MapObject).GetMethod(nameof(MapObject.ValueAt))!);
                break;
            case IrOp.LoadVariable or IrOp.StoreVariable:
                _il.Emit(OpCodes.Ldloc, _constantLocals[((ModuleInstance)node.Payload!).Slots]);
                _il.Emit(OpCodes.Ldc_I4, (int)node.Bits);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            case IrOp.LoadUpvalue or IrOp.StoreUpvalue:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldflda, typeof(Upvalue).GetField(nameof(Upvalue.Value))!);
                break;
            case IrOp.LoadCapture:
                Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldfld, typeof(Closure).GetField(nameof(Closure.Captures))!);
                _il.Emit(OpCodes.Ldc_I4, (int)node.Bits);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            default:
                PushField(node);
                break;
        }
    }

    private void PushField(IrNode node)
    {
        Push(node.Inputs[0]);
        PushFieldAddress((int)node.Bits);
    }

    /// <summary>Replaces the instance on the stack by the address of a field.</summary>
    private void PushFieldAddress(int index)
    {
        _il.Emit(OpCodes.Ldc_I4, index);
        string slot = index < StructObject.MaxInline ? nameof(StructObject.InlineSlot) : nameof(StructObject.Slot);
        _il.Emit(OpCodes.Call, typeof(StructObject).GetMethod(slot)!);
    }
}
