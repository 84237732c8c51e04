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
    private static readonly IlArgument FramesLeft = new(5);
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
        switch (IrTypes.GroupOf(expected.Type))
        {
            case IrTypeGroup.Int or IrTypeGroup.Float or IrTypeGroup.Bool:
                TakeNumber(index, expected.Type, address);
                break;
            case IrTypeGroup.Any:
                PushField(address, nameof(Value.Ref));
                _il.Emit(OpCodes.Stloc, _locals[index]);
                _bits[index] = _il.DeclareLocal(typeof(long), $"a{index}.bits");
                PushField(address, nameof(Value.Bits));
                _il.Emit(OpCodes.Stloc, _bits[index]);
                break;
            case IrTypeGroup.Object:
                TakeObject(index, expected, address);
                break;
            default:
                throw new InvalidOperationException($"No argument is a {expected.Type}.");
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
        _il.Emit(OpCodes.Ldarg, FramesLeft);
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
        IrTypeGroup group = IrTypes.GroupOf(_cell.Signature.ResultType);
        if (group == IrTypeGroup.None)
        {
            _il.Emit(OpCodes.Pop);
            _il.Emit(OpCodes.Call, typeof(Value).GetProperty(nameof(Value.Nil))!.GetMethod!);
        }
        else if (group != IrTypeGroup.Any)
        {
            _il.Emit(OpCodes.Call, typeof(Value).GetMethod(group switch
            {
                IrTypeGroup.Int => nameof(Value.FromInt),
                IrTypeGroup.Float => nameof(Value.FromFloat),
                IrTypeGroup.Bool => nameof(Value.FromBool),
                IrTypeGroup.Object => nameof(Value.FromObject),
                _ => throw new InvalidOperationException($"No proc returns a {_cell.Signature.ResultType}."),
            })!);
        }
    }
}
