using Lyra.IlVerify.Reports;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>A small method and the expected result of the verifier.</summary>
/// <param name="Error">The one expected fault; null if the method is valid.</param>
/// <param name="Signature">For example <c>int(string,object)</c>; <c>.ctor()</c> for a constructor.</param>
/// <param name="Code">See <see cref="IlText"/>.</param>
/// <param name="Locals">The types of its locals.</param>
/// <param name="Owner">The class of which it is an instance method; for Host it is a static method.</param>
/// <param name="InitLocals">Whether its locals are zero-initialized.</param>
internal sealed record IlCase(VerifierError? Error, string Signature, string Code, string Locals = "", string Owner = "Host",
    bool InitLocals = true);
