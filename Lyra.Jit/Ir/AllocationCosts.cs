using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Ir;

/// <summary>
/// What operations charge for the objects that they make. Both tiers charge the same at the same places, so that they walk the heap at the
/// same places.
/// </summary>
internal static class AllocationCosts
{
    /// <summary>
    /// Bytes that an operation charges before it makes an object, and nothing else makes it exit; null when only running it tells, or when
    /// it makes none. An object that nobody uses need not be made, but it is charged.
    /// </summary>
    public static long? Of(IrNode node) => node.Op switch
    {
        IrOp.Call => node.Payload is RegionHelper { Bytes: > 0 } helper ? helper.Bytes : null,
        _ when node.Family != IrFamily.New => null,
        IrOp.NewStruct => StructObject.BytesFor(node.Inputs.Length),
        IrOp.NewTuple => TupleObject.BytesFor(node.Inputs.Length),
        IrOp.NewRange => RangeObject.Bytes,
        IrOp.NewList => ListObject.BytesFor((ListStrategy)node.Bits, node.Inputs.Length),
        IrOp.NewClosure => Closure.BytesFor(node.Inputs.Length),
        IrOp.NewUpvalue => Upvalue.Bytes,
        IrOp.NewGenerator => GeneratorObject.BytesFor(((LinkedPrototype)node.Payload!).RegisterCount),
        _ => throw new InvalidOperationException($"{node.Op} makes an object whose size is unknown."),
    };
}
