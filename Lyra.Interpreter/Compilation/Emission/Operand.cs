namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Where an evaluated expression is, and what is known of it.</summary>
/// <param name="Register">The register.</param>
/// <param name="Type">What is known of the value.</param>
/// <param name="IsVariable">The register is that of a local variable: it must not be written, and changes when the variable does.</param>
internal readonly record struct Operand(int Register, StaticType Type, bool IsVariable);
