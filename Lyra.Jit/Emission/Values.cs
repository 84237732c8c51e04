using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>
/// The values of a region's nodes: their locals, and the code that pushes and pops them. An Any has two locals, for the reference and the
/// bits. A rematerialized node (<see cref="Placement"/>) has none; pushing it emits its operation.
/// </summary>
internal sealed class Values
{
    private static readonly FieldInfo ValueRef = typeof(Value).GetField(nameof(Value.Ref))!;
    private static readonly FieldInfo ValueBits = typeof(Value).GetField(nameof(Value.Bits))!;
    private static readonly MethodInfo ReplaceFloat = typeof(Value).GetMethod(nameof(Value.ReplaceFloat))!;
    private static readonly MethodInfo ToBits = typeof(BitConverter).GetMethod(nameof(BitConverter.DoubleToInt64Bits))!;
    private static readonly MethodInfo FromBits = typeof(BitConverter).GetMethod(nameof(BitConverter.Int64BitsToDouble))!;

    private readonly RegionMethod _method;
    private readonly IlBuffer _il;
    private readonly Placement _placement;
    private readonly ConstantLoader _constants;
    private readonly Action<IrNode> _pushExpression;

    /// <summary>The number of each node's local plus one, by id; 0 before its first use.</summary>
    private readonly int[] _locals;
    private readonly int[] _references;
    private readonly Dictionary<Type, IlLocal> _arguments = [];
    private IlLocal? _result;

    /// <param name="method">The method.</param>
    /// <param name="placement">Where nodes are computed.</param>
    /// <param name="constants">The locals of constants.</param>
    /// <param name="pushExpression">Emits the operation of a rematerialized node.</param>
    public Values(RegionMethod method, Placement placement, ConstantLoader constants, Action<IrNode> pushExpression)
    {
        _method = method;
        _il = method.Il;
        _placement = placement;
        _constants = constants;
        _pushExpression = pushExpression;
        _locals = method.Graph.Arena.Ints.Take(method.Graph.NodeCount);
        _references = method.Graph.Arena.Ints.Take(method.Graph.NodeCount);
    }

    public static Type ClassOf(IrNode node) => node.Type == IrType.Struct
        ? StructObject.ClassFor(node.Shape!.Fields.Length)
        : IrTypes.ClrType(node.Type);

    /// <summary>The local of a node; for an Any, that of its bits.</summary>
    public IlLocal LocalOf(IrNode node)
    {
        ref int number = ref _locals[node.Id];
        if (number == 0)
        {
            number = _il.DeclareLocalOf(node.Type == IrType.Any ? typeof(long) : ClassOf(node), node.Id).Index + 1;
        }

        return new IlLocal(number - 1);
    }

    /// <summary>The local of an Any's reference.</summary>
    public IlLocal ReferenceOf(IrNode node)
    {
        ref int number = ref _references[node.Id];
        if (number == 0)
        {
            number = _il.DeclareLocalOf(typeof(object), node.Id, ".ref").Index + 1;
        }

        return new IlLocal(number - 1);
    }

    /// <summary>Pushes a value that is not an Any.</summary>
    public void Push(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.ConstInt:
                _il.Emit(OpCodes.Ldc_I8, node.Bits);
                return;
            case IrOp.ConstFloat:
                _il.Emit(OpCodes.Ldc_R8, BitConverter.Int64BitsToDouble(node.Bits));
                return;
            case IrOp.ConstBool:
                _il.Emit(OpCodes.Ldc_I4, (int)node.Bits);
                return;
            case IrOp.ConstObject or IrOp.ConstForeign:
                _constants.Push(node.Payload!);
                return;
            case IrOp.Argument:
                _il.Emit(OpCodes.Ldarg, _method.ArgumentOf(node));
                return;
        }

        if (_placement.IsRematerialized(node))
        {
            _pushExpression(node);
            return;
        }

        _il.Emit(OpCodes.Ldloc, LocalOf(node));
    }

    /// <summary>Pushes a value of any representation as the reference and the bits of a <see cref="Value"/>.</summary>
    public void PushAny(IrNode node)
    {
        PushReference(node);
        PushBits(node);
    }

    /// <summary>Pushes a value in its representation: an Any as two items, any other as one.</summary>
    public void PushWhole(IrNode node)
    {
        if (node.Type == IrType.Any)
        {
            PushAny(node);
        }
        else
        {
            Push(node);
        }
    }

    /// <summary>Pushes an Any as a <see cref="Value"/>.</summary>
    public void PushStruct(IrNode any)
    {
        PushAny(any);
        _il.Emit(OpCodes.Newobj, typeof(Value).GetConstructor([typeof(object), typeof(long)])!);
    }

    /// <summary>Pushes the object of the host behind a value, whose type a guard has tested, as a parameter of a call takes it.</summary>
    public void PushTarget(HostType type, Type parameter, IrNode node)
    {
        if (node.Type == IrType.Decimal)
        {
            Push(node);
            return;
        }

        PushReference(node);
        _il.Emit(OpCodes.Castclass, type.ObjectClass);
        _il.Emit(OpCodes.Ldfld, type.ObjectClass.GetField(nameof(HostObject<>.Value))!);
        if (type.ClrType.IsValueType && !parameter.IsValueType)
        {
            _il.Emit(OpCodes.Box, type.ClrType);
        }
    }

    /// <summary>Pushes the reference of a value of any representation.</summary>
    public void PushReference(IrNode node)
    {
        node = IrRepresentation.Unboxed(node);
        switch (IrTypes.GroupOf(node.Type))
        {
            case IrTypeGroup.Any:
                PushReferenceOfAny(node);
                break;
            case IrTypeGroup.Int or IrTypeGroup.Float or IrTypeGroup.Bool:
                PushTag(RegionTags.NameOf(node.Type));
                break;
            case IrTypeGroup.Decimal:
                Push(node);
                _il.Emit(OpCodes.Call, HostCallHelpers.Method(nameof(HostCallHelpers.DecimalObject)));
                break;
            case IrTypeGroup.Object or IrTypeGroup.Storage:
                Push(node);
                break;
            default:
                throw new InvalidOperationException($"{node.Op} has no value.");
        }
    }

    /// <summary>Pushes the bits of a value of any representation.</summary>
    public void PushBits(IrNode node)
    {
        node = IrRepresentation.Unboxed(node);
        switch (IrTypes.GroupOf(node.Type))
        {
            case IrTypeGroup.Any:
                PushBitsOfAny(node);
                break;
            case IrTypeGroup.Int:
                Push(node);
                break;
            case IrTypeGroup.Float:
                PushFloatBits(node);
                break;
            case IrTypeGroup.Bool:
                Push(node);
                _il.Emit(OpCodes.Conv_U8);
                break;
            case IrTypeGroup.Decimal or IrTypeGroup.Object or IrTypeGroup.Storage:
                _il.Emit(OpCodes.Ldc_I8, 0L);
                break;
            default:
                throw new InvalidOperationException($"{node.Op} has no value.");
        }
    }

    private void PushReferenceOfAny(IrNode node)
    {
        if (node.Op == IrOp.Argument)
        {
            _il.Emit(OpCodes.Ldarg, _method.ArgumentOf(node));
        }
        else if (node.Family != IrFamily.Const)
        {
            _il.Emit(OpCodes.Ldloc, ReferenceOf(node));
        }
        else if (node.Op == IrOp.ConstUnset)
        {
            PushTag(nameof(RegionTags.Unset));
        }
        else
        {
            _il.Emit(OpCodes.Ldnull);
        }
    }

    private void PushBitsOfAny(IrNode node)
    {
        if (node.Op == IrOp.Argument)
        {
            _il.Emit(OpCodes.Ldarg, new IlArgument(_method.ArgumentOf(node).Index + 1));
        }
        else if (node.Family == IrFamily.Const)
        {
            _il.Emit(OpCodes.Ldc_I8, 0L);
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, LocalOf(node));
        }
    }

    /// <summary>Pushes the bit pattern of a float.</summary>
    private void PushFloatBits(IrNode node)
    {
        Push(node);
        _il.Emit(OpCodes.Call, ToBits);
    }

    public void PushTag(string name) => _il.Emit(OpCodes.Ldsfld, RegionTags.Field(name));

    /// <summary>Pushes an index as 32 bits.</summary>
    public void PushIndex(IrNode index)
    {
        Push(index);
        _il.Emit(OpCodes.Conv_I4);
    }

    /// <summary>Pushes the contents of an Any whose kind is known to be the node's type.</summary>
    public void PushContents(IrNode node)
    {
        PushBits(node.Inputs[0]);
        ConvertBits(node.Type);
    }

    /// <summary>Replaces the address of a value on the stack by the value's contents.</summary>
    public void LoadContents(IrType type)
    {
        _il.Emit(OpCodes.Ldfld, ValueBits);
        ConvertBits(type);
    }

    /// <summary>Stores the bits of a value of any representation; the address is on the stack.</summary>
    public void StoreContents(IrNode value)
    {
        IrNode unboxed = IrRepresentation.Unboxed(value);
        if (unboxed.Type == IrType.Float)
        {
            Push(unboxed);
            _il.Emit(OpCodes.Call, ReplaceFloat);
            return;
        }

        PushBits(value);
        _il.Emit(OpCodes.Stfld, ValueBits);
    }

    /// <summary>Pops the value of a node into its local; the bits of an Any are on top.</summary>
    public void Pop(IrNode node)
    {
        _il.Emit(OpCodes.Stloc, LocalOf(node));
        if (node.Type == IrType.Any)
        {
            _il.Emit(OpCodes.Stloc, ReferenceOf(node));
        }
    }

    /// <summary>Pops the result of a call into the node's locals; an Any is on the stack as a <see cref="Value"/>.</summary>
    public void TakeResult(IrNode node)
    {
        if (node.Type != IrType.Any)
        {
            _il.Emit(OpCodes.Stloc, LocalOf(node));
            return;
        }

        _result ??= _il.DeclareLocal(typeof(Value), "result");
        _il.Emit(OpCodes.Stloc, _result.Value);
        TakeHalves(node, OpCodes.Ldloca, _result.Value);
    }

    /// <summary>Pops the address of a value, and loads the value into the node's locals.</summary>
    public void TakeFromAddress(IrNode node, IlLocal address)
    {
        _il.Emit(OpCodes.Stloc, address);
        TakeHalves(node, OpCodes.Ldloc, address);
    }

    /// <summary>Stores the inputs from the given one on in the local for <see cref="NativeArguments"/>.</summary>
    public void StoreArguments(IrNode node, int first)
    {
        for (int i = first; i < node.Inputs.Length; i++)
        {
            PushArgument(node.Inputs.Length - first, i - first);
            Initialize(node.Inputs[i]);
        }
    }

    /// <summary>Pushes a reference to the stored inputs from the given one on, and their number.</summary>
    public void PushArguments(IrNode node, int first)
    {
        PushArgument(node.Inputs.Length - first, 0);
        _il.Emit(OpCodes.Ldc_I4, node.Inputs.Length - first);
    }

    /// <summary>
    /// Stores a value in a new object or in <see cref="NativeArguments"/>, without reading the old value; the address is on the stack.
    /// </summary>
    public void Initialize(IrNode value)
    {
        _il.Emit(OpCodes.Dup);
        PushReference(value);
        _il.Emit(OpCodes.Stfld, ValueRef);
        StoreContents(value);
    }

    /// <summary>Pushes the address of one of a number of arguments.</summary>
    private void PushArgument(int count, int index)
    {
        Type arguments = NativeArguments.ClassFor(count);
        if (!_arguments.TryGetValue(arguments, out IlLocal local))
        {
            local = _il.DeclareLocal(arguments, "arguments");
            _arguments.Add(arguments, local);
        }

        _il.Emit(OpCodes.Ldloca, local);
        _il.Emit(OpCodes.Ldflda, arguments.GetField($"Slot{index}")!);
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

    /// <summary>Loads the two fields of a <see cref="Value"/>, whose address the instruction pushes, into the node's locals.</summary>
    private void TakeHalves(IrNode node, OpCode pushAddress, IlLocal from)
    {
        _il.Emit(pushAddress, from);
        _il.Emit(OpCodes.Ldfld, ValueRef);
        _il.Emit(OpCodes.Stloc, ReferenceOf(node));
        _il.Emit(pushAddress, from);
        _il.Emit(OpCodes.Ldfld, ValueBits);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
    }
}
