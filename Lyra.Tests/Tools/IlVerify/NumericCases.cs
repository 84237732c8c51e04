using Lyra.IlVerify.Reports;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>Constants, arithmetic, comparisons, conversions, arguments and locals.</summary>
internal static class NumericCases
{
    public static readonly IlCase[] All =
    [
        new(null, "int()", "ldc.i4.1; ldc.i4.2; add; ret"),
        new(null, "long()", "ldc.i8 1; ldc.i8 2; mul; ret"),
        new(null, "double(float)", "ldarg.0; ldc.r8 2; div; ret"),
        new(null, "nint(nint)", "ldarg.0; ldc.i4.1; add; ret"),
        new(null, "nint(int)", "ldarg.0; ret"),
        new(null, "int(byte,char)", "ldarg.0; ldarg.1; xor; ret"),
        new(null, "bool(uint)", "ldarg.0; ldc.i4.s 7; clt.un; ret"),
        new(null, "int(E)", "ldarg.0; ldc.i4.1; or; ret"),
        new(null, "E()", "ldc.i4.1; ret"),
        new(null, "long(long)", "ldarg.0; ldc.i4.3; shl; neg; not; ret"),
        new(null, "double(int)", "ldarg.0; conv.r8; ckfinite; ret"),
        new(null, "long(double)", "ldarg.0; conv.ovf.i8; ret"),
        new(null, "bool(object)", "ldarg.0; ldnull; cgt.un; ret"),
        new(null, "bool(object,string)", "ldarg.0; ldarg.1; ceq; ret"),
        new(null, "int(int)", "ldarg.0; starg.s 0; ldarg.0; ret"),
        new(null, "string()", "ldstr a; stloc.0; ldloc.0; ret", Locals: "string"),
        new(null, "object()", "ldstr a; stloc.0; ldloc.0; ret", Locals: "object"),
        new(null, "void()", "ldc.i4.0; dup; pop; pop; ret"),
        new(null, "int()", "sizeof S; ret"),
        new(VerifierError.StackUnexpected, "int()", "ldc.i4.1; ldc.i8 2; add; pop; ldc.i4.0; ret"),
        new(VerifierError.StackUnexpected, "int()", "ldc.i4.1; ldc.r8 2; mul; pop; ldc.i4.0; ret"),
        new(VerifierError.ExpectedNumericType, "void()", "ldstr a; ldc.i4.1; add; pop; ret"),
        new(VerifierError.ExpectedNumericType, "void()", "ldnull; neg; pop; ret"),
        new(VerifierError.ExpectedIntegerType, "void()", "ldc.r8 1; ldc.r8 2; and; pop; ret"),
        new(VerifierError.ExpectedIntegerType, "void()", "ldc.r8 1; not; pop; ret"),
        new(VerifierError.ExpectedIntegerType, "void()", "ldc.r8 1; ldc.i4.1; shl; pop; ret"),
        new(VerifierError.StackUnexpected, "void()", "ldc.i4.1; ldc.i8 1; shl; pop; ret"),
        new(VerifierError.ExpectedFloatType, "void()", "ldc.i4.1; ckfinite; pop; ret"),
        new(VerifierError.ExpectedNumericType, "int(object)", "ldarg.0; conv.i4; ret"),
        new(VerifierError.ExpectedNumericType, "void(int&)", "ldarg.0; conv.u; pop; ret"),
        new(VerifierError.ExpectedNumericType, "void(int&)", "ldarg.0; ldc.i4.4; add; pop; ret"),
        new(VerifierError.StackUnexpected, "bool(object)", "ldarg.0; ldc.i4.0; ceq; ret"),
        new(VerifierError.StackUnexpected, "bool(object,object)", "ldarg.0; ldarg.1; clt; ret"),
        new(VerifierError.StackUnexpected, "bool(S,S)", "ldarg.0; ldarg.1; ceq; ret"),
        new(VerifierError.StackUnexpected, "bool(long,int)", "ldarg.0; ldarg.1; cgt; ret"),
        new(VerifierError.StackUnderflow, "void()", "pop; ret"),
        new(VerifierError.StackUnderflow, "int()", "ldc.i4.1; add; ret"),
        new(VerifierError.StackUnexpected, "void()", "ldc.i4.0; stloc.0; ret", Locals: "string"),
        new(VerifierError.StackUnexpected, "void(object)", "ldarg.0; stloc.0; ret", Locals: "string"),
        new(VerifierError.StackUnexpected, "void(int,string)", "ldarg.1; starg.s 0; ret"),
        new(VerifierError.StackUnexpected, "void(nint)", "ldarg.0; stloc.0; ret", Locals: "int"),
        new(VerifierError.ByrefOfByref, "void(int&)", "ldarga.s 0; pop; ret"),
        new(VerifierError.InitLocals, "int()", "ldloc.0; ret", Locals: "int", InitLocals: false),
        new(VerifierError.UnrecognizedLocalNumber, "void()", "ldloc.0; pop; ret"),
        new(VerifierError.UnrecognizedArgumentNumber, "void()", "ldarg.1; pop; ret"),

        new(VerifierError.StackUnexpected, "int(FakeInt32)", "ldarg.0; ret"),
        new(VerifierError.StackUnexpected, "FakeInt32()", "ldc.i4.1; ret"),
    ];
}
