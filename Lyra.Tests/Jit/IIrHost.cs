using System;
using Lyra.Jit.Ir;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit;

/// <summary>The environment of an evaluated region: registers, arguments, the engine.</summary>
internal interface IIrHost
{
    /// <summary>Evaluates an operation that reads or changes state outside the region.</summary>
    /// <returns>The result; null if the operation exits.</returns>
    Value? Evaluate(IrNode node, IrValues values);
}

/// <summary>A host that provides registers only.</summary>
internal sealed class RegisterHost(Value[] registers) : IIrHost
{
    public Value? Evaluate(IrNode node, IrValues values) => node.Op == IrOp.LoadRegister
        ? registers[node.Bits]
        : throw new InvalidOperationException($"{IrPrinter.Print(node)} needs an engine.");
}
