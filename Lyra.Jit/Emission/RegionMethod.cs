using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>The method of a region: its parameters, and the IL to which all parts of the emitter append.</summary>
internal sealed class RegionMethod
{
    public static readonly IlArgument Data = new(0);
    public static readonly IlArgument Context = new(1);

    /// <summary>Of a loop region: the interpreter's register stack.</summary>
    public static readonly IlArgument Stack = new(2);

    /// <summary>Of a loop region: the position of the root frame's first register in the stack.</summary>
    public static readonly IlArgument Origin = new(3);

    /// <summary>Of a proc region: the number of frames that its calls may represent; see <see cref="EntryCode{TResult}"/>.</summary>
    /// <remarks>A part of a region has the same parameter.</remarks>
    public static readonly IlArgument FramesLeft = new(2);

    private readonly IlArgument[] _arguments;
    private IlLocal? _stack;
    private IlLocal? _origin;

    /// <param name="graph">The region.</param>
    /// <param name="part">The part whose method it is; null for the region's own.</param>
    public RegionMethod(IrGraph graph, OutlinedPart? part = null)
    {
        Graph = graph;
        Part = part;
        _arguments = new IlArgument[graph.ArgumentTypes.Length];
        Il = new IlBuffer(
            part is not null ? PartSignature(part)
            : graph.Kind == RegionKind.Loop ? IlMethodSignature.OfDelegate(typeof(LoopCode))
            : ProcSignature(),
            graph.Arena.Take(static () => new IlStorage()));
    }

    public IrGraph Graph { get; }

    /// <summary>The part whose method it is; null for the region's own.</summary>
    public OutlinedPart? Part { get; }

    public IlBuffer Il { get; }

    public bool IsProc => Graph.Kind == RegionKind.Entry;

    /// <summary>The method with this name in the table of helpers.</summary>
    public static MethodInfo Helper(string name) =>
        typeof(KindHelpers).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;

    /// <summary>
    /// The parameter that an <see cref="IrOp.Argument"/> reads; for an Any, that of its reference, which the bits follow.
    /// </summary>
    public IlArgument ArgumentOf(IrNode node) => _arguments[node.Bits];

    /// <summary>
    /// Pushes the interpreter's register stack, and where the root frame's registers begin: in a proc region, of the last call-out.
    /// </summary>
    public void PushRegisters()
    {
        if (IsProc)
        {
            Il.Emit(OpCodes.Ldloc, _stack!.Value);
            Il.Emit(OpCodes.Ldloc, _origin!.Value);
            return;
        }

        Il.Emit(OpCodes.Ldarg, Stack);
        Il.Emit(OpCodes.Ldarg, Origin);
    }

    /// <summary>Emits, after the interpreter has run, loads of its register stack, which may be another array.</summary>
    public void ReloadStack()
    {
        Il.Emit(OpCodes.Ldarg, Data);
        Il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.Stack))!);
        if (!IsProc)
        {
            Il.Emit(OpCodes.Starg, Stack);
            return;
        }

        _stack ??= Il.DeclareLocal(typeof(Value[]), "stack");
        _origin ??= Il.DeclareLocal(typeof(int), "origin");
        Il.Emit(OpCodes.Stloc, _stack.Value);
        Il.Emit(OpCodes.Ldarg, Context);
        Il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.Origin))!);
        Il.Emit(OpCodes.Stloc, _origin.Value);
    }

    /// <summary>Pushes the address of a part of the context.</summary>
    public void PushContextPart(FieldInfo part)
    {
        Il.Emit(OpCodes.Ldarg, Context);
        Il.Emit(OpCodes.Ldflda, part);
    }

    /// <summary>The signature of a proc region. Records the positions of its arguments.</summary>
    private IlMethodSignature ProcSignature()
    {
        List<Type> types = [typeof(RegionData), typeof(ScriptContext), typeof(int)];
        for (int i = 0; i < _arguments.Length; i++)
        {
            _arguments[i] = new IlArgument(types.Count);
            types.Add(EntryCodes.ClassOf(new Representation(Graph.ArgumentTypes[i], ShapeOfArgument(i))));
            if (Graph.ArgumentTypes[i] == IrType.Any)
            {
                types.Add(typeof(long));
            }
        }

        return new IlMethodSignature([.. types], ResultClass());
    }

    /// <summary>The signature of a part. Records where those of its inputs are that are arguments of the proc.</summary>
    private IlMethodSignature PartSignature(OutlinedPart part)
    {
        List<Type> types = [typeof(RegionData), typeof(ScriptContext), typeof(int)];
        foreach (IrNode input in part.Inputs)
        {
            if (input.Op == IrOp.Argument)
            {
                _arguments[input.Bits] = new IlArgument(types.Count);
            }

            types.AddRange(OutlinedPart.TypesOf(input));
        }

        return new IlMethodSignature([.. types], part.ResultType);
    }

    private Shape? ShapeOfArgument(int argument) => argument < Graph.ArgumentShapes.Length ? Graph.ArgumentShapes[argument] : null;

    private Type ResultClass() => EntryCodes.ResultClassOf(
        Graph.ResultType == IrType.None ? null : new Representation(Graph.ResultType, Graph.ResultShape));
}
