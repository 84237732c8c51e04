using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Lyra.Jit.Helpers;
using Lyra.Jit.HostCode;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Emission;

/// <summary>
/// Emits calls of the host's delegates. Before a call that may throw, the code stores the state of the frames in
/// the exit buffers, so that the frames can be built when the host inspects them. There is no exception block: the code that entered the
/// region determines from the noted call where an exception was thrown.
/// </summary>
internal sealed class HostCallEmitter(
    RegionMethod method,
    Values values,
    ConstantLoader constants,
    SpillEmitter spills,
    ExitStates states,
    InvariantSpills invariants,
    HelperCallEmitter calls)
{
    private readonly IlBuffer _il = method.Il;
    private readonly GrowableArray<(IlLabel Label, IlLabel Back, int State)> _inspected = new();

    /// <summary>Whether one entry may run several regions that call the host.</summary>
    private readonly bool _isOneOfMany = method.IsProc || method.Graph.MakesNotedCalls;

    /// <summary>The number of objects in the exit buffers that host calls use; null when there is no host call.</summary>
    public int? Objects { get; private set; }

    public void Call(IrNode node)
    {
        HostCall call = (HostCall)node.Payload!;
        (int state, SpillPlan plan) = states.OfCall(node);
        spills.SpillInLoop(plan, invariants.Around(node));
        states[state].IsDirectCall = call.IsDirect;
        Objects = Math.Max(Objects ?? 0, states[state].ValueCount);
        if (!call.IsDirect)
        {
            values.StoreArguments(node, 0);
        }

        NoteRegion();
        NoteCall(state + 1);
        if (call.IsDirect)
        {
            NoteAllocations(call);
            PushDirectCall(node, call);
        }
        else
        {
            PushHandlerCall(node, call);
        }

        if (call.MayCallEngine)
        {
            TakeResult(node, call);
            ReturnToFrames(state);
            NoteCall(0);
        }
        else
        {
            // The value of the result is made behind the call: if that fails, the region exits.
            NoteCall(0);
            TakeResult(node, call);
        }
    }

    /// <summary>Stores, at the end of a block in front of a loop, what the calls in it need not store.</summary>
    public void StoreInvariants(IrBlock block)
    {
        if (invariants.After(block) is { } loop)
        {
            spills.Prepare(loop);
        }
    }

    /// <summary>Emits a call that can neither throw nor look at frames.</summary>
    public void Access(IrNode node)
    {
        HostCall call = (HostCall)node.Payload!;
        PushDirectCall(node, call);
        TakeResult(node, call);
    }

    /// <summary>Emits, after the blocks, the code for calls during which the frames were built because the host inspected them.</summary>
    public void EmitInspected()
    {
        foreach ((IlLabel label, IlLabel back, int state) in _inspected)
        {
            _il.MarkLabel(label);
            _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
            _il.Emit(OpCodes.Ldc_I4, state);
            _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.EndHostCall))!);
            method.ReloadStack();
            _il.Emit(OpCodes.Br, back);
        }
    }

    private void NoteCall(int call)
    {
        method.PushContextPart(ContextFields.Regions);
        _il.Emit(OpCodes.Ldc_I4, call);
        _il.Emit(OpCodes.Stfld, ContextFields.HostCall);
    }

    /// <summary>Notes whose frames they are, unless only the entered region can call the host.</summary>
    private void NoteRegion()
    {
        if (!_isOneOfMany)
        {
            return;
        }

        method.PushContextPart(ContextFields.Regions);
        _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
        _il.Emit(OpCodes.Stfld, ContextFields.HostFrames);
    }

    /// <summary>Notes that the host may have allocated objects, which the present run does not count.</summary>
    private void NoteAllocations(HostCall call)
    {
        if (!call.MayCallEngine)
        {
            return;
        }

        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Ldc_I4, 1);
        _il.Emit(OpCodes.Stfld, ContextFields.HasForeignAllocations);
    }

    private void PushHandlerCall(IrNode node, HostCall call)
    {
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        constants.Push(call.Target);
        values.PushArguments(node, 0);
        _il.Emit(OpCodes.Call, HostCallHelpers.Method(nameof(HostCallHelpers.CallHandler)));
    }

    private void PushDirectCall(IrNode node, HostCall call)
    {
        HostAccessor accessor = call.Accessor!;
        bool isValue = call.ReturnType == typeof(LyraValue);
        if (isValue)
        {
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        }

        if (call.UsesTarget)
        {
            constants.Push(call.Target);
        }

        for (int i = 0; i < node.Inputs.Length; i++)
        {
            if (call.IsTarget(i))
            {
                values.PushTarget(call.Types[i]!, call.Parameters[i], node.Inputs[i]);
            }
            else
            {
                PushArgument(call.Parameters[i], node.Inputs[i]);
            }
        }

        if (accessor.Field is { } field)
        {
            _il.Emit(node.Inputs.Length == 1 ? OpCodes.Ldfld : OpCodes.Stfld, field);
        }
        else
        {
            // A call of a method that is not virtual need not test its object, which is not null.
            _il.Emit(accessor.Method is { IsVirtual: false } ? OpCodes.Call : OpCodes.Callvirt, accessor.Method ?? accessor.Invoke!);
        }

        if (isValue)
        {
            _il.Emit(OpCodes.Call, HostCallHelpers.Method(nameof(HostCallHelpers.ValueFromHost)));
        }
    }

    /// <summary>Pushes the object whose member it is, which keeps the value of the result; null where there is none.</summary>
    private void PushOwner(IrNode node, HostCall call)
    {
        if (node.Inputs.Length > 0 && call.IsTarget(0))
        {
            values.PushReference(node.Inputs[0]);
            _il.Emit(OpCodes.Castclass, call.Types[0]!.ObjectClass);
            return;
        }

        _il.Emit(OpCodes.Ldnull);
    }

    private void PushArgument(Type parameter, IrNode value)
    {
        if (parameter == typeof(LyraValue))
        {
            PushHostValue(value);
            return;
        }

        if (Nullable.GetUnderlyingType(parameter) is { } plain)
        {
            PushNullable(plain, value);
            return;
        }

        values.Push(value);
        if (parameter == typeof(string))
        {
            _il.Emit(OpCodes.Call, typeof(ScriptString).GetProperty(nameof(ScriptString.Text))!.GetMethod!);
        }
        else if (parameter == typeof(decimal))
        {
            _il.Emit(OpCodes.Newobj, typeof(decimal).GetConstructor([typeof(long)])!);
        }
        else if (value.Type == IrType.Int && HostCall.NumberType(parameter) != typeof(long))
        {
            // A guard has checked that the value is in range, so its low half has all of it.
            _il.Emit(OpCodes.Conv_I4);
        }
        else if (parameter == typeof(float))
        {
            _il.Emit(OpCodes.Conv_R4);
        }
    }

    private void PushNullable(Type plain, IrNode value)
    {
        bool isNull = value.Op == IrOp.ConstNil;
        if (!isNull)
        {
            PushArgument(plain, value);
        }

        _il.Emit(OpCodes.Call, Helper(isNull ? nameof(HostCallHelpers.Null) : nameof(HostCallHelpers.OrNull), plain));
    }

    /// <summary>The helper with a name for a type of the host.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The helpers require nothing of their type arguments.")]
    private static MethodInfo Helper(string name, Type type) => RuntimeFeature.IsDynamicCodeSupported
        ? HostCallHelpers.Method(name).MakeGenericMethod(type)
        : throw DynamicCode.Missing();

    private void PushHostValue(IrNode value)
    {
        values.PushAny(value);
        if (value.Op is IrOp.BoxInt or IrOp.BoxFloat or IrOp.BoxBool)
        {
            _il.Emit(OpCodes.Call, HostCallHelpers.Method(nameof(HostCallHelpers.NumberForHost)));
            return;
        }

        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Call, HostCallHelpers.Method(nameof(HostCallHelpers.ValueForHost)));
    }

    /// <summary>Converts a number of the host, on the stack, to its representation.</summary>
    private void Widen(IrType representation, Type type)
    {
        if (representation == IrType.Int)
        {
            _il.Emit(HostCall.NumberType(type) == typeof(uint) ? OpCodes.Conv_U8 : OpCodes.Conv_I8);
        }
        else if (representation == IrType.Float)
        {
            _il.Emit(OpCodes.Conv_R8);
        }
    }

    private void TakeResult(IrNode node, HostCall call)
    {
        if (call.IsObject || call.ReturnType == typeof(string))
        {
            TakeObject(node, call);
            return;
        }

        if (call.IsStruct)
        {
            TakeStruct(node, call);
            return;
        }

        Widen(node.Type, call.ReturnType);
        if (node.Type != IrType.None)
        {
            values.TakeResult(node);
        }
    }

    /// <summary>
    /// Takes an object or text of the host, on the stack: its value is kept by the owner, or it is null, or a helper makes its value, after
    /// which a call that can be repeated may exit.
    /// </summary>
    private void TakeObject(IrNode node, HostCall call)
    {
        IlLocal source = _il.DeclareLocalOf(typeof(object), node.Id, ".source");
        IlLabel known = _il.DefineLabel();
        _il.Emit(OpCodes.Stloc, source);
        CallForResult(nameof(HostCallHelpers.FindResult), node, call, source);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        values.Pop(node);
        _il.Emit(OpCodes.Ldloc, values.ReferenceOf(node));
        _il.Emit(OpCodes.Brtrue, known);
        _il.Emit(OpCodes.Ldloc, source);
        _il.Emit(OpCodes.Brfalse, known);
        CallForResult(call.CanBeRepeated ? nameof(HostCallHelpers.TryMakeResult) : nameof(HostCallHelpers.MakeResult), node, call, source);
        values.TakeResult(node);
        if (call.CanBeRepeated)
        {
            calls.ExitOnFailure(node);
        }

        _il.MarkLabel(known);
    }

    /// <summary>
    /// Takes a struct of the host, on the stack, whose value a helper makes; after that, a call that can be repeated may exit.
    /// </summary>
    private void TakeStruct(IrNode node, HostCall call)
    {
        Type type = call.ReturnType;
        if (HostPlainValues.Covers(type))
        {
            Type? plain = Nullable.GetUnderlyingType(type);
            _il.Emit(OpCodes.Call, plain is null ? Helper(nameof(HostCallHelpers.MakePlain), type)
                : Helper(nameof(HostCallHelpers.MakePlainOrNil), plain));
            values.TakeResult(node);
            return;
        }

        if (node.Type == IrType.Decimal)
        {
            values.TakeResult(node);
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
            _il.Emit(OpCodes.Call, HostCallHelpers.Method(nameof(HostCallHelpers.TryChargeDecimal)));
            calls.ExitUnless(node);
            return;
        }

        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        if (type == typeof(decimal) && call.CanBeRepeated)
        {
            _il.Emit(OpCodes.Call, HostCallHelpers.Method(nameof(HostCallHelpers.TryMakeDecimal)));
        }
        else
        {
            _il.Emit(OpCodes.Ldc_I4, call.IsProperty ? 1 : 0);
            string helper = call.CanBeRepeated ? nameof(HostCallHelpers.TryMakeStruct) : nameof(HostCallHelpers.MakeStruct);
            _il.Emit(OpCodes.Call, Helper(helper, type));
        }

        values.TakeResult(node);
        if (call.CanBeRepeated)
        {
            calls.ExitOnFailure(node);
        }
    }

    private void CallForResult(string helper, IrNode node, HostCall call, IlLocal source)
    {
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Ldloc, source);
        PushOwner(node, call);
        _il.Emit(OpCodes.Ldc_I4, call.IsProperty ? 1 : 0);
        _il.Emit(OpCodes.Call, HostCallHelpers.Method(helper));
    }

    /// <summary>Tests whether the frames were built during a call.</summary>
    private void ReturnToFrames(int state)
    {
        IlLabel inspected = _il.DefineLabel();
        IlLabel back = _il.DefineLabel();
        _inspected.Add((inspected, back, state));
        method.PushContextPart(ContextFields.Regions);
        _il.Emit(OpCodes.Ldfld, ContextFields.HostCall);
        _il.Emit(OpCodes.Ldc_I4, 0);
        _il.Emit(OpCodes.Blt, inspected);
        _il.MarkLabel(back);
    }
}
