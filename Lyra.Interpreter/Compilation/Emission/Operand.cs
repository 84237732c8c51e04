namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>The location of an evaluated expression, and its static type.</summary>
/// <param name="Register">The register.</param>
/// <param name="Type">What is known about the value.</param>
/// <param name="IsVariable">Whether the register is that of a local variable. It must then not be written, and changes when the variable
/// does.</param>
internal readonly record struct Operand(int Register, StaticType Type, bool IsVariable);
