using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.CompilerServices;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Emission;

/// <summary>Fields, arrays, and accesses through managed pointers.</summary>
internal static partial class IlRules
{
    private static void AddMemoryRows(Dictionary<ILOpCode, Rule> rows)
    {
        Add(rows, LoadField, ILOpCode.Ldfld);
        Add(rows, LoadFieldAddress, ILOpCode.Ldflda);
        Add(rows, StoreField, ILOpCode.Stfld);
        Add(rows, LoadStatic, ILOpCode.Ldsfld, ILOpCode.Ldsflda);
        Add(rows, StoreStatic, ILOpCode.Stsfld);
        Add(rows, static (state, in x) => LoadBehind(state, x.Type), ILOpCode.Ldobj);
        Add(rows, static (state, in x) => StoreBehind(state, x.Type), ILOpCode.Stobj);
        Add(rows, static (state, in x) => PopPointer(state, x.Type), ILOpCode.Initobj);
        AddIndirect(rows, typeof(sbyte), ILOpCode.Stind_i1, ILOpCode.Ldind_i1, ILOpCode.Ldind_u1);
        AddIndirect(rows, typeof(short), ILOpCode.Stind_i2, ILOpCode.Ldind_i2, ILOpCode.Ldind_u2);
        AddIndirect(rows, typeof(int), ILOpCode.Stind_i4, ILOpCode.Ldind_i4, ILOpCode.Ldind_u4);
        AddIndirect(rows, typeof(long), ILOpCode.Stind_i8, ILOpCode.Ldind_i8);
        AddIndirect(rows, typeof(nint), ILOpCode.Stind_i, ILOpCode.Ldind_i);
        AddIndirect(rows, typeof(float), ILOpCode.Stind_r4, ILOpCode.Ldind_r4);
        AddIndirect(rows, typeof(double), ILOpCode.Stind_r8, ILOpCode.Ldind_r8);
        Add(rows, LoadReference, ILOpCode.Ldind_ref);
        Add(rows, StoreReference, ILOpCode.Stind_ref);
    }

    private static void AddIndirect(Dictionary<ILOpCode, Rule> rows, Type type, ILOpCode store, params ILOpCode[] loads)
    {
        Add(rows, (state, in _) => LoadBehind(state, type), loads);
        Add(rows, (state, in _) => StoreBehind(state, type), store);
    }

    private static void AddArrayRows(Dictionary<ILOpCode, Rule> rows)
    {
        Add(rows, NewArray, ILOpCode.Newarr);
        Add(rows, LoadLength, ILOpCode.Ldlen);
        Add(rows, static (state, in x) => LoadElement(state, x.Type), ILOpCode.Ldelem);
        Add(rows, static (state, in x) => StoreElement(state, x.Type), ILOpCode.Stelem);
        Add(rows, LoadElementAddress, ILOpCode.Ldelema);
        AddElement(rows, typeof(sbyte), ILOpCode.Stelem_i1, ILOpCode.Ldelem_i1, ILOpCode.Ldelem_u1);
        AddElement(rows, typeof(short), ILOpCode.Stelem_i2, ILOpCode.Ldelem_i2, ILOpCode.Ldelem_u2);
        AddElement(rows, typeof(int), ILOpCode.Stelem_i4, ILOpCode.Ldelem_i4, ILOpCode.Ldelem_u4);
        AddElement(rows, typeof(long), ILOpCode.Stelem_i8, ILOpCode.Ldelem_i8);
        AddElement(rows, typeof(nint), ILOpCode.Stelem_i, ILOpCode.Ldelem_i);
        AddElement(rows, typeof(float), ILOpCode.Stelem_r4, ILOpCode.Ldelem_r4);
        AddElement(rows, typeof(double), ILOpCode.Stelem_r8, ILOpCode.Ldelem_r8);
        Add(rows, static (state, in _) => LoadElement(state, null), ILOpCode.Ldelem_ref);
        Add(rows, static (state, in _) => StoreElement(state, null), ILOpCode.Stelem_ref);
    }

    private static void AddElement(Dictionary<ILOpCode, Rule> rows, Type type, ILOpCode store, params ILOpCode[] loads)
    {
        Add(rows, (state, in _) => LoadElement(state, type), loads);
        Add(rows, (state, in _) => StoreElement(state, type), store);
    }

    private static void LoadField(IlCheckState state, in IlInstruction instruction)
    {
        PopOwner(state, instruction.Field, takesValue: true);
        state.Push(instruction.Field.FieldType);
    }

    private static void LoadFieldAddress(IlCheckState state, in IlInstruction instruction)
    {
        PopOwner(state, instruction.Field, takesValue: false);
        RequireWritable(state, instruction.Field);
        state.Push(IlStackType.Pointer(instruction.Field.FieldType));
    }

    private static void StoreField(IlCheckState state, in IlInstruction instruction)
    {
        RequireWritable(state, instruction.Field);
        state.PopInto(instruction.Field.FieldType);
        PopOwner(state, instruction.Field, takesValue: false);
    }

    private static void PopOwner(IlCheckState state, FieldInfo field, bool takesValue)
    {
        if (field.IsStatic)
        {
            state.Fail("an instance field", $"the static field {IlNames.Of(field)}");
        }

        Type owner = field.DeclaringType!;
        IlStackType top = state.Pop();
        bool fits = top.Kind switch
        {
            IlStackKind.Unknown => true,
            IlStackKind.Object => !owner.IsValueType && owner.IsAssignableFrom(top.Type),
            IlStackKind.ByRef => owner.IsValueType && top.Type == owner,
            IlStackKind.Value => takesValue && top.Type == owner,
            IlStackKind.Int32 or IlStackKind.Int64 or IlStackKind.NativeInt or IlStackKind.Float or IlStackKind.Null => false,
        };
        if (!fits)
        {
            state.Fail(owner.IsValueType ? $"ref {IlNames.Of(owner)}" : IlNames.Of(owner), top.ToString());
        }
    }

    private static void RequireWritable(IlCheckState state, FieldInfo field)
    {
        if (field.IsInitOnly || field.IsLiteral)
        {
            state.Fail("a field that can be written", $"the readonly field {IlNames.Of(field)}");
        }
    }

    private static void LoadStatic(IlCheckState state, in IlInstruction instruction)
    {
        FieldInfo field = instruction.Field;
        if (!field.IsStatic || field.IsLiteral)
        {
            state.Fail("a static field", $"the {(field.IsLiteral ? "constant" : "instance field")} {IlNames.Of(field)}");
        }

        if (instruction.OpCode == System.Reflection.Emit.OpCodes.Ldsfld)
        {
            state.Push(field.FieldType);
            return;
        }

        RequireWritable(state, field);
        state.Push(IlStackType.Pointer(field.FieldType));
    }

    private static void StoreStatic(IlCheckState state, in IlInstruction instruction)
    {
        FieldInfo field = instruction.Field;
        if (!field.IsStatic)
        {
            state.Fail("a static field", $"the instance field {IlNames.Of(field)}");
        }

        RequireWritable(state, field);
        state.PopInto(field.FieldType);
    }

    private static void PopPointer(IlCheckState state, Type target)
    {
        IlStackType top = state.Pop();
        if (top.Kind != IlStackKind.Unknown && (top.Kind != IlStackKind.ByRef || !IlStackType.SameStorage(top.Type!, target)))
        {
            state.Fail($"ref {IlNames.Of(target)}", top.ToString());
        }
    }

    private static void LoadBehind(IlCheckState state, Type type)
    {
        PopPointer(state, type);
        state.Push(type);
    }

    private static void StoreBehind(IlCheckState state, Type type)
    {
        state.PopInto(type);
        PopPointer(state, type);
    }

    private static void LoadReference(IlCheckState state, in IlInstruction instruction) => state.Push(PopReferencePointer(state));

    private static void StoreReference(IlCheckState state, in IlInstruction instruction)
    {
        IlStackType value = state.Pop();
        Type target = PopReferencePointer(state);
        if (!value.FitsInto(target))
        {
            state.Fail(IlNames.Of(target), value.ToString());
        }
    }

    private static Type PopReferencePointer(IlCheckState state)
    {
        IlStackType top = state.Pop();
        if (top is { Kind: IlStackKind.ByRef, Type.IsValueType: false })
        {
            return top.Type!;
        }

        state.Fail("a managed pointer to a reference", top.ToString());
        return typeof(object);
    }

    private static void NewArray(IlCheckState state, in IlInstruction instruction)
    {
        PopIndex(state);
        state.Push(RuntimeFeature.IsDynamicCodeSupported ? instruction.Type.MakeArrayType() : throw DynamicCode.Missing());
    }

    private static void LoadLength(IlCheckState state, in IlInstruction instruction)
    {
        PopArray(state);
        state.Push(typeof(nint));
    }

    private static void LoadElement(IlCheckState state, Type? type)
    {
        PopIndex(state);
        Type element = PopArray(state);
        RequireElement(state, element, type);
        state.Push(type is null || !type.IsValueType ? element : type);
    }

    private static void StoreElement(IlCheckState state, Type? type)
    {
        IlStackType value = state.Pop();
        PopIndex(state);
        Type element = PopArray(state);
        RequireElement(state, element, type);
        if (!value.FitsInto(element))
        {
            state.Fail(IlNames.Of(element), value.ToString());
        }
    }

    private static void LoadElementAddress(IlCheckState state, in IlInstruction instruction)
    {
        PopIndex(state);
        Type element = PopArray(state);
        if (element != instruction.Type)
        {
            state.Fail($"{IlNames.Of(instruction.Type)}[]", $"{IlNames.Of(element)}[]");
        }

        state.Push(IlStackType.Pointer(instruction.Type));
    }

    private static void PopIndex(IlCheckState state)
    {
        IlStackType index = state.Pop();
        if (index.Kind is not (IlStackKind.Int32 or IlStackKind.NativeInt or IlStackKind.Unknown))
        {
            state.Fail("int32 or native int as the index", index.ToString());
        }
    }

    private static Type PopArray(IlCheckState state)
    {
        IlStackType top = state.Pop();
        if (top is { Kind: IlStackKind.Object, Type.IsSZArray: true })
        {
            return top.Type!.GetElementType()!;
        }

        state.Fail("an array", top.ToString());
        return typeof(object);
    }

    /// <param name="state">Receives the fault.</param>
    /// <param name="element">The array's element type.</param>
    /// <param name="type">The element type that the instruction expects; null for references of any class.</param>
    private static void RequireElement(IlCheckState state, Type element, Type? type)
    {
        bool fits = type is null
            ? !element.IsValueType
            : IlStackType.SameStorage(element, type) || (!element.IsValueType && type.IsAssignableFrom(element));
        if (!fits)
        {
            state.Fail(type is null ? "an array of references" : $"{IlNames.Of(type)}[]", $"{IlNames.Of(element)}[]");
        }
    }
}
