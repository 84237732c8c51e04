using System;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>
/// Emits bridges: code that tests the kinds of the arguments in the interpreter's registers, calls a proc region with their contents, and
/// boxes the result. There is one bridge for each cell.
/// </summary>
internal sealed class BridgeEmitter
{
    private static readonly IlArgument Data = new(0);
    private static readonly IlArgument Context = new(1);
    private static readonly IlArgument Stack = new(2);
    private static readonly IlArgument Origin = new(3);
    private static readonly IlArgument Running = new(4);
    private static readonly IlArgument Room = new(5);
    private static readonly IlArgument Result = new(6);

    private readonly EntryCell _cell;
    private readonly IlBuffer _il = new(IlMethodSignature.OfDelegate(typeof(EntryBridge)));
    private readonly IlLabel _mismatch;
    private readonly IlLocal[] _locals;
    private readonly IlLocal[] _bits;

    private BridgeEmitter(EntryCell cell)
    {
        _cell = cell;
        _mismatch = _il.DefineLabel();
        _locals = new IlLocal[cell.Signature.Arguments.Length];
        _bits = new IlLocal[_locals.Length];
    }

    public static IlBuffer Emit(EntryCell cell)
    {
        BridgeEmitter emitter = new(cell);
        emitter.EmitAll();
        return emitter._il;
    }

    private void EmitAll()
    {
        for (int i = 0; i < _locals.Length; i++)
        {
            Take(i, _cell.Signature.Arguments[i]);
        }

        Call();
        _il.Emit(OpCodes.Ldc_I4, 1);
        _il.Emit(OpCodes.Ret);
        _il.MarkLabel(_mismatch);
        _il.Emit(OpCodes.Ldc_I4, 0);
        _il.Emit(OpCodes.Ret);
    }

    /// <summary>Loads an argument into its local.</summary>
    private void Take(int index, EntryArgument argument)
    {
        Representation expected = argument.Representation;
        _locals[index] = _il.DeclareLocal(EntryCodes.ClassOf(expected), $"a{index}");
        if (argument.Register == EntryArgument.ClosureRegister)
        {
            _il.Emit(OpCodes.Ldarg, Running);
            _il.Emit(OpCodes.Stloc, _locals[index]);
            return;
        }

        IlLocal address = _il.DeclareLocal(typeof(Value).MakeByRefType(), $"a{index}.at");
        _il.Emit(OpCodes.Ldarg, Stack);
        _il.Emit(OpCodes.Ldarg, Origin);
        _il.Emit(OpCodes.Ldc_I4, argument.Register);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldelema, typeof(Value));
        _il.Emit(OpCodes.Stloc, address);
        switch (expected.Type)
        {
            case IrType.Int or IrType.Float or IrType.Bool:
                TakeNumber(index, expected.Type, address);
                break;
            case IrType.Any:
                PushField(address, nameof(Value.Ref));
                _il.Emit(OpCodes.Stloc, _locals[index]);
                _bits[index] = _il.DeclareLocal(typeof(long), $"a{index}.bits");
                PushField(address, nameof(Value.Bits));
                _il.Emit(OpCodes.Stloc, _bits[index]);
                break;
            default:
                TakeObject(index, expected, address);
                break;
        }
    }

    private void TakeNumber(int index, IrType type, IlLocal address)
    {
        PushField(address, nameof(Value.Ref));
        _il.Emit(OpCodes.Ldsfld, RegionTags.Field(RegionTags.NameOf(type)));
        _il.Emit(OpCodes.Bne_Un, _mismatch);
        PushField(address, nameof(Value.Bits));
        if (type == IrType.Float)
        {
            _il.Emit(OpCodes.Call, typeof(BitConverter).GetMethod(nameof(BitConverter.Int64BitsToDouble))!);
        }
        else if (type == IrType.Bool)
        {
            _il.Emit(OpCodes.Ldc_I8, 0L);
            _il.Emit(OpCodes.Cgt_Un);
        }

        _il.Emit(OpCodes.Stloc, _locals[index]);
    }

    private void TakeObject(int index, Representation expected, IlLocal address)
    {
        PushField(address, nameof(Value.Ref));
        _il.EmitTypeTest(EntryCodes.ClassOf(expected));
        _il.Emit(OpCodes.Stloc, _locals[index]);
        _il.Emit(OpCodes.Ldloc, _locals[index]);
        _il.Emit(OpCodes.Brfalse, _mismatch);
        if (expected.Type != IrType.Struct)
        {
            return;
        }

        _il.Emit(OpCodes.Ldloc, _locals[index]);
        _il.Emit(OpCodes.Ldfld, typeof(ScriptObject).GetField(nameof(ScriptObject.TypeTag))!);
        _il.Emit(OpCodes.Ldc_I4, expected.Shape!.Id);
        _il.Emit(OpCodes.Bne_Un, _mismatch);
    }

    private void PushField(IlLocal address, string field)
    {
        _il.Emit(OpCodes.Ldloc, address);
        _il.Emit(OpCodes.Ldfld, typeof(Value).GetField(field)!);
    }

    private void Call()
    {
        Type type = _cell.GetType();
        _il.Emit(OpCodes.Ldarg, Result);
        _il.Emit(OpCodes.Ldarg, Data);
        _il.Emit(OpCodes.Ldfld, typeof(RegionData).GetField(nameof(RegionData.Constants))!);
        _il.Emit(OpCodes.Ldc_I4, 0);
        _il.Emit(OpCodes.Ldelem_Ref);
        _il.Emit(OpCodes.Castclass, type);
        _il.Emit(OpCodes.Ldfld, type.GetField(nameof(EntryCell<Action>.Target))!);
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldarg, Room);
        for (int i = 0; i < _locals.Length; i++)
        {
            _il.Emit(OpCodes.Ldloc, _locals[i]);
            if (_cell.Signature.ArgumentTypes[i] == IrType.Any)
            {
                _il.Emit(OpCodes.Ldloc, _bits[i]);
            }
        }

        _il.Emit(OpCodes.Callvirt, DelegateSignature.Of(EntryCodes.TypeFor(_cell.Signature)));
        MakeValue();
        _il.Emit(OpCodes.Stobj, typeof(Value));
    }

    /// <summary>Replaces the result on the stack by a value.</summary>
    private void MakeValue()
    {
        switch (_cell.Signature.ResultType)
        {
            case IrType.Any:
                return;
            case IrType.None:
                _il.Emit(OpCodes.Pop);
                _il.Emit(OpCodes.Call, typeof(Value).GetProperty(nameof(Value.Nil))!.GetMethod!);
                return;
            case IrType.Int:
                _il.Emit(OpCodes.Call, typeof(Value).GetMethod(nameof(Value.FromInt))!);
                return;
            case IrType.Float:
                _il.Emit(OpCodes.Call, typeof(Value).GetMethod(nameof(Value.FromFloat))!);
                return;
            case IrType.Bool:
                _il.Emit(OpCodes.Call, typeof(Value).GetMethod(nameof(Value.FromBool))!);
                return;
            default:
                _il.Emit(OpCodes.Call, typeof(Value).GetMethod(nameof(Value.FromObject))!);
                return;
        }
    }
}
