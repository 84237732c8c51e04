using System;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Emission;

/// <summary>The elements of the exit buffers from their top on, as emitted code addresses them.</summary>
internal sealed class ExitSlots(IlBuffer il)
{
    private static readonly FieldInfo Reference = typeof(ExitReference).GetField(nameof(ExitReference.Object))!;

    private readonly IlLocal _buffers = il.DeclareLocal(typeof(ExitBuffers), "buffers");
    private readonly IlLocal _top = il.DeclareLocal(typeof(int), "top");
    private bool _isLoaded;

    /// <summary>Emits the loads of the buffers and of their top into locals.</summary>
    public void Load(RegionMethod method)
    {
        _isLoaded = true;
        method.PushContextPart(ContextFields.Regions);
        il.Emit(OpCodes.Ldfld, ContextFields.Exits);
        il.Emit(OpCodes.Stloc, _buffers);
        PushField(nameof(ExitBuffers.Top));
        il.Emit(OpCodes.Stloc, _top);
    }

    /// <summary>Emits the loads if no code before, from which this is reached, has them.</summary>
    public void LoadOnce(RegionMethod method)
    {
        if (!_isLoaded)
        {
            Load(method);
        }
    }

    /// <summary>Pushes the place of an element, for <see cref="Store"/>: an array and an index, or the address of a struct.</summary>
    /// <param name="array">The array's field.</param>
    /// <param name="index">The index, counted from the top.</param>
    public void PushElement(string array, int index)
    {
        PushField(array);
        il.Emit(OpCodes.Ldloc, _top);
        if (index != 0)
        {
            il.Emit(OpCodes.Ldc_I4, index);
            il.Emit(OpCodes.Add);
        }

        if (array == nameof(ExitBuffers.Objects))
        {
            il.Emit(OpCodes.Ldelema, typeof(ExitReference));
        }
    }

    /// <summary>Emits the load of the address of an element of numbers into a local.</summary>
    public IlLocal LoadAddress(string array, int index)
    {
        Type element = array == nameof(ExitBuffers.Floats) ? typeof(double) : typeof(long);
        IlLocal place = il.DeclareLocal(element.MakeByRefType(), "place");
        PushElement(array, index);
        il.Emit(OpCodes.Ldelema, element);
        il.Emit(OpCodes.Stloc, place);
        return place;
    }

    /// <summary>Emits the store of the pushed value into the element that was pushed before it.</summary>
    public void Store(string array) => Access(array, OpCodes.Stfld, OpCodes.Stelem_R8, OpCodes.Stelem_I8);

    /// <summary>Emits the load of an element.</summary>
    /// <param name="array">The array's field.</param>
    /// <param name="index">The index, counted from the top.</param>
    public void Load(string array, int index)
    {
        PushElement(array, index);
        Access(array, OpCodes.Ldfld, OpCodes.Ldelem_R8, OpCodes.Ldelem_I8);
    }

    /// <summary>Emits the store of a new top.</summary>
    /// <param name="count">Elements above that which was loaded.</param>
    public void SetTop(int count)
    {
        il.Emit(OpCodes.Ldloc, _buffers);
        il.Emit(OpCodes.Ldloc, _top);
        if (count != 0)
        {
            il.Emit(OpCodes.Ldc_I4, count);
            il.Emit(OpCodes.Add);
        }

        il.Emit(OpCodes.Stfld, typeof(ExitBuffers).GetField(nameof(ExitBuffers.Top))!);
    }

    /// <summary>Emits a branch that is taken when frames below the top were built, or compiled procs return without a result.</summary>
    public void BranchIfBuilt(IlLabel label)
    {
        PushField(nameof(ExitBuffers.Built));
        il.Emit(OpCodes.Ldloc, _top);
        il.Emit(OpCodes.Bgt, label);
    }

    private void Access(string array, OpCode reference, OpCode floating, OpCode integer)
    {
        if (array == nameof(ExitBuffers.Objects))
        {
            il.Emit(reference, Reference);
            return;
        }

        il.Emit(array == nameof(ExitBuffers.Floats) ? floating : integer);
    }

    private void PushField(string field)
    {
        il.Emit(OpCodes.Ldloc, _buffers);
        il.Emit(OpCodes.Ldfld, typeof(ExitBuffers).GetField(field)!);
    }
}
