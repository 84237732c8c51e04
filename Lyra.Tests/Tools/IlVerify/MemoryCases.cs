using Lyra.IlVerify.Reports;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>Managed pointers and arrays.</summary>
internal static class MemoryCases
{
    public static readonly IlCase[] All =
    [
        new(null, "int(int&)", "ldarg.0; ldind.i4; ret"),
        new(null, "void(int&)", "ldarg.0; ldc.i4.1; stind.i4; ret"),
        new(null, "int(bool&)", "ldarg.0; ldind.u1; ret"),
        new(null, "int(E&)", "ldarg.0; ldind.i4; ret"),
        new(null, "double(float&)", "ldarg.0; ldind.r4; ret"),
        new(null, "object(string&)", "ldarg.0; ldind.ref; ret"),
        new(null, "void(object&)", "ldarg.0; ldstr a; stind.ref; ret"),
        new(null, "T(T&)", "ldarg.0; ldobj T; ret"),
        new(null, "void(T&,T)", "ldarg.0; ldarg.1; stobj T; ret"),
        new(null, "S()", "ldloca.s 0; initobj S; ldloc.0; ret", Locals: "S"),
        new(null, "void(S&,S&)", "ldarg.0; ldarg.1; cpobj S; ret"),
        new(null, "int[]()", "ldc.i4.3; newarr int; ret"),
        new(null, "int(int[])", "ldarg.0; ldlen; conv.i4; ret"),
        new(null, "int(int[])", "ldarg.0; ldc.i4.0; ldelem.i4; ret"),
        new(null, "int(uint[])", "ldarg.0; ldc.i4.0; ldelem.i4; ret"),
        new(null, "void(byte[])", "ldarg.0; ldc.i4.0; ldc.i4.1; stelem.i1; ret"),
        new(null, "string(string[])", "ldarg.0; ldc.i4.0; ldelem.ref; ret"),
        new(null, "void(object[])", "ldarg.0; ldc.i4.0; ldstr a; stelem.ref; ret"),
        new(null, "T(T[])", "ldarg.0; ldc.i4.0; ldelem.any T; ret"),
        new(null, "void(S[],S)", "ldarg.0; ldc.i4.0; ldarg.1; stelem.any S; ret"),
        new(null, "int&(int[])", "ldarg.0; ldc.i4.0; ldelema int; ret"),
        new(null, "string(T[])", "ldarg.0; ldc.i4.0; readonly. ; ldelema T; constrained. T; callvirt object::ToString; ret"),
        new(null, "object(string[],nint)", "ldarg.0; ldarg.1; ldelem.ref; ret"),
        new(VerifierError.StackUnexpected, "int(long&)", "ldarg.0; ldind.i4; ret"),
        new(VerifierError.StackUnexpected, "void(byte&)", "ldarg.0; ldc.i4.1; stind.i4; ret"),
        new(VerifierError.StackByRef, "int(nint)", "ldarg.0; ldind.i4; ret"),
        new(VerifierError.StackByRef, "int(object)", "ldarg.0; ldind.i4; ret"),
        new(VerifierError.StackUnexpected, "void(int&)", "ldarg.0; ldstr a; stind.i4; ret"),
        new(VerifierError.StackUnexpected, "void(string&,object)", "ldarg.0; ldarg.1; stind.ref; ret"),
        new(VerifierError.StackUnexpected, "void(int&)", "ldarg.0; ldind.ref; pop; ret"),
        new(VerifierError.StackUnexpected, "S(int&)", "ldarg.0; ldobj S; ret"),
        new(VerifierError.StackUnexpected, "void(S&)", "ldarg.0; ldc.i4.1; stobj S; ret"),
        new(VerifierError.StackUnexpected, "void(int&)", "ldarg.0; initobj S; ret"),
        new(VerifierError.ReadOnlyUnexpected, "void(object)", "ldarg.0; unbox int; ldc.i4.1; stind.i4; ret"),
        new(VerifierError.ReadOnlyUnexpected, "void(int[])", "ldarg.0; ldc.i4.0; readonly. ; ldelema int; initobj int; ret"),
        new(VerifierError.ReturnPtrToStack, "int&()", "ldloca.s 0; ret", Locals: "int"),
        new(VerifierError.ReturnPtrToStack, "int&(S)", "ldarga.s 0; ldflda S::X; ret"),
        new(VerifierError.StackUnexpected, "void(string)", "ldarg.0; newarr int; pop; ret"),
        new(VerifierError.ExpectedArray, "void(string)", "ldarg.0; ldlen; pop; ret"),
        new(VerifierError.ExpectedArray, "void(Array)", "ldarg.0; ldc.i4.0; ldelem.ref; pop; ret"),
        new(VerifierError.StackUnexpected, "int(int[])", "ldarg.0; ldc.i8 0; ldelem.i4; ret"),
        new(VerifierError.StackUnexpected, "int(long[])", "ldarg.0; ldc.i4.0; ldelem.i4; ret"),
        new(VerifierError.StackUnexpected, "void(int[])", "ldarg.0; ldc.i4.0; ldelem.ref; pop; ret"),
        new(VerifierError.StackUnexpected, "void(byte[])", "ldarg.0; ldc.i4.0; ldc.i4.1; stelem.i4; ret"),
        new(VerifierError.StackObjRef, "void(object[])", "ldarg.0; ldc.i4.0; ldc.i4.1; stelem.ref; ret"),
        new(VerifierError.StackUnexpected, "string(object[])", "ldarg.0; ldc.i4.0; ldelem.any string; ret"),
        new(VerifierError.StackUnexpected, "void(string[])", "ldarg.0; ldc.i4.0; ldelema object; pop; ret"),
        new(VerifierError.BoxByRef, "void()", "ldc.i4.1; newarr Span<int>; pop; ret"),
        new(VerifierError.Unverifiable, "void()", "ldc.i4.4; conv.u; localloc; pop; ret"),

        new(null, "void()", "ldsflda C::Data; ldc.i4.8; newobj ReadOnlySpan<byte>::.ctor(Void*,Int32); pop; ret"),
        new(VerifierError.UnmanagedPointer, "void()",
            "ldsflda C::Data; ldc.i4.s 9; newobj ReadOnlySpan<byte>::.ctor(Void*,Int32); pop; ret"),
        new(VerifierError.UnmanagedPointer, "void(bool)",
            "ldarg.0; brtrue a; ldsflda C::Data; ldc.i4.s 9; br b; a: ldsflda C::Data; ldc.i4.8; "
                + "b: newobj ReadOnlySpan<byte>::.ctor(Void*,Int32); pop; ret"),
        new(VerifierError.UnmanagedPointer, "void(bool)",
            "ldarg.0; brtrue a; ldsflda C::Data; br b; a: ldsflda C::Data; b: ldc.i4.8; newobj ReadOnlySpan<byte>::.ctor(Void*,Int32); "
                + "pop; ret"),

        new(VerifierError.StackUnexpected, "void()", "ldsflda C::Data; ldc.i4.8; newobj FakeReadOnlySpan::.ctor; pop; ret"),

        new(null, "void(object&)", "ldarg.0; ldstr a; stobj string; ret"),
        new(VerifierError.StackUnexpected, "void(string&,object)", "ldarg.0; ldarg.1; stobj object; ret"),
        new(null, "void(object&,string&)", "ldarg.0; ldarg.1; cpobj string; ret"),
        new(null, "void(object&,string&)", "ldarg.0; ldarg.1; cpobj object; ret"),
        new(VerifierError.StackUnexpected, "void(string&,object&)", "ldarg.0; ldarg.1; cpobj object; ret"),
        new(VerifierError.StackUnexpected, "void(object&)", "ldarg.0; initobj string; ret"),
        new(null, "void(object[],string)", "ldarg.0; ldc.i4.0; ldarg.1; stelem.any string; ret"),
        new(null, "T[](V[])", "ldarg.0; ret"),
        new(null, "T(V[])", "ldarg.0; ldc.i4.0; ldelem.any T; ret"),
        new(VerifierError.StackUnexpected, "V[](T[])", "ldarg.0; ret"),
        new(VerifierError.StackUnexpected, "T[](U[])", "ldarg.0; ret"),
    ];
}
