using System;
using Lyra.Jit.Ir;
using Lyra.Runtime.Values;

namespace Lyra.Tests.Unit.Jit;

/// <summary>What is around a region that is evaluated: registers, arguments, the engine.</summary>
internal interface IIrHost
{
    /// <summary>Evaluates an operation that looks outside of the region.</summary>
    /// <returns>Null when it exits.</returns>
    Value? Evaluate(IrNode node, IrValues values);
}

/// <summary>Registers and nothing else.</summary>
internal sealed class RegisterHost(Value[] registers) : IIrHost
{
    public Value? Evaluate(IrNode node, IrValues values) => node.Op == IrOp.LoadRegister
        ? registers[node.Bits]
        : throw new InvalidOperationException($"{IrPrinter.Print(node)} needs an engine.");
}
