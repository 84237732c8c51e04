namespace Lyra.Runtime.Execution;

/// <summary>A call of an intrinsic that is written in Lyra.</summary>
/// <param name="Row">The intrinsic.</param>
/// <param name="Count">The number of arguments, with the receiver.</param>
/// <param name="Pc">The position of the call in the code of its caller.</param>
internal readonly record struct ScriptedCall(Intrinsic Row, int Count, int Pc);
