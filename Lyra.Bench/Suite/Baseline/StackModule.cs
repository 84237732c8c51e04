using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>A compiled module: its top level, and its variables, in which the procs and structs already are.</summary>
internal sealed record StackModule(StackClosure Main, ModuleInstance Instance)
{
    /// <summary>The present value of a variable of the module.</summary>
    public Value ValueOf(string name) =>
        Instance.Slots[Array.FindIndex(Instance.Compiled!.Variables, variable => variable.Name == name)];
}
