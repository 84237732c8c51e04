using Lyra.Runtime.Execution;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>A compiled module: its top level, and its variables, in which the procs and structs already are.</summary>
internal sealed record StackModule(StackClosure Main, ModuleInstance Instance);
