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

    /// <summary>Emits the loads of the buffers and of their top into locals.</summary>
    public void Load(RegionMethod method)
    {
        method.PushContextPart(ContextFields.Regions);
        il.Emit(OpCodes.Ldfld, ContextFields.Exits);
        il.Emit(OpCodes.Stloc, _buffers);
        PushField(nameof(ExitBuffers.Top));
        il.Emit(OpCodes.Stloc, _top);
    }

    /// <summary>Emits the store of a value into an element.</summary>
    /// <param name="array">The array's field.</param>
    /// <param name="index">The index, counted from the top.</param>
    /// <param name="push">Emits the push of the value.</param>
    public void Store(string array, int index, Action push)
    {
        PushElement(array, index);
        push();
        switch (array)
        {
            case nameof(ExitBuffers.Objects):
                il.Emit(OpCodes.Stfld, Reference);
                break;
            case nameof(ExitBuffers.Floats):
                il.Emit(OpCodes.Stelem_R8);
                break;
            default:
                il.Emit(OpCodes.Stelem_I8);
                break;
        }
    }

    /// <summary>Emits the load of an element.</summary>
    /// <param name="array">The array's field.</param>
    /// <param name="index">The index, counted from the top.</param>
    public void Load(string array, int index)
    {
        PushElement(array, index);
        switch (array)
        {
            case nameof(ExitBuffers.Objects):
                il.Emit(OpCodes.Ldfld, Reference);
                break;
            case nameof(ExitBuffers.Floats):
                il.Emit(OpCodes.Ldelem_R8);
                break;
            default:
                il.Emit(OpCodes.Ldelem_I8);
                break;
        }
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

    /// <summary>Pushes an array and an index, or the address of an element that is a struct.</summary>
    private void PushElement(string array, int index)
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

    private void PushField(string field)
    {
        il.Emit(OpCodes.Ldloc, _buffers);
        il.Emit(OpCodes.Ldfld, typeof(ExitBuffers).GetField(field)!);
    }
}
