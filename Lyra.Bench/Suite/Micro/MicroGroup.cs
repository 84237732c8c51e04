namespace Lyra.Bench.Suite.Micro;

/// <summary>Variants that are measured side by side.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Operation">What is one operation.</param>
/// <param name="Variants">The operations, each in its ways.</param>
internal sealed record MicroGroup(string Name, string Operation, MicroVariant[] Variants);
