using Lyra.IlVerify.Reports;

namespace Lyra.Tests.Unit.IlVerify;

/// <summary>A small method and the expected result of the verifier.</summary>
/// <param name="Error">The one error that it has; null when it is valid.</param>
/// <param name="Signature">As in <c>int(string,object)</c>; <c>.ctor()</c> for a constructor.</param>
/// <param name="Code">See <see cref="IlText"/>.</param>
/// <param name="Locals">Types of its locals.</param>
/// <param name="Owner">The class that it is an instance method of; a static method of Host else.</param>
/// <param name="InitLocals">Whether its locals are zero-initialized.</param>
internal sealed record IlCase(VerifierError? Error, string Signature, string Code, string Locals = "", string Owner = "Host",
    bool InitLocals = true);
