using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>Emits guards on ints and on the kinds of values.</summary>
internal sealed class GuardEmitter(RegionMethod method, Values values, SideExitEmitter exits)
{
    private static readonly FieldInfo TypeTag = typeof(ScriptObject).GetField(nameof(ScriptObject.TypeTag))!;

    private readonly IlBuffer _il = method.Il;

    public void Index(IrNode node)
    {
        values.Push(node.Inputs[0]);
        values.Push(node.Inputs[1]);
        exits.If(OpCodes.Bge_Un, node);
    }

    public void FoundPosition(IrNode node)
    {
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
        _il.Emit(OpCodes.Ldloc, values.LocalOf(node));
        _il.Emit(OpCodes.Ldc_I8, 0L);
        exits.If(OpCodes.Blt, node);
    }

    /// <summary>
    /// Emits the guard of a division. Adding 1 turns -1 and 0 into the two smallest unsigned numbers; only for these are the divisor and
    /// the dividend tested apart.
    /// </summary>
    public void Divisor(IrNode node)
    {
        IlLabel safe = _il.DefineLabel();
        values.Push(node.Inputs[1]);
        _il.Emit(OpCodes.Ldc_I8, 1L);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldc_I8, 1L);
        _il.Emit(OpCodes.Bgt_Un, safe);
        values.Push(node.Inputs[1]);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        exits.If(OpCodes.Beq, node);
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Ldc_I8, long.MinValue);
        exits.If(OpCodes.Beq, node);
        _il.MarkLabel(safe);
    }

    public void Shift(IrNode node)
    {
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Ldc_I8, 63L);
        exits.If(OpCodes.Bgt_Un, node);
    }

    public void Small(IrNode node)
    {
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Ldc_I8, -Interval.Small.Min);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldc_I8, Interval.Small.Max - Interval.Small.Min);
        exits.If(OpCodes.Bgt_Un, node);
    }

    public void UnboxNumber(IrNode node)
    {
        values.PushReference(node.Inputs[0]);
        values.PushTag(RegionTags.NameOf(node.Type));
        exits.If(OpCodes.Bne_Un, node);
        values.PushContents(node);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    public void UnboxObject(IrNode node)
    {
        CastToClass(node);
        exits.If(OpCodes.Brfalse, node);
    }

    public void UnboxStruct(IrNode node)
    {
        CastToClass(node);
        exits.If(OpCodes.Brfalse, node);
        _il.Emit(OpCodes.Ldloc, values.LocalOf(node));
        _il.Emit(OpCodes.Ldfld, TypeTag);
        _il.Emit(OpCodes.Ldc_I4, node.Shape!.Id);
        exits.If(OpCodes.Bne_Un, node);
    }

    /// <summary>Stores the input in the node's local if it is of the node's class, else null; pushes the local.</summary>
    private void CastToClass(IrNode node)
    {
        values.PushReference(node.Inputs[0]);
        _il.EmitTypeTest(Values.ClassOf(node));
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
        _il.Emit(OpCodes.Ldloc, values.LocalOf(node));
    }
}
