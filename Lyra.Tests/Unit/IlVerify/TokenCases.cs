using Lyra.IlVerify.Reports;

namespace Lyra.Tests.Unit.IlVerify;

/// <summary>Access rights and generic arguments of members and types, prefixes, and pointers that outlive their frame.</summary>
internal static class TokenCases
{
    public static readonly IlCase[] All =
    [
        new(null, "void()", "ldarg.0; call C::Private; ret", Owner: "C"),
        new(null, "void()", "ldarg.0; call C::Family; ret", Owner: "D"),
        new(null, "void(C)", "ldarg.0; callvirt C::Assembly; ret"),
        new(null, "int()", "ldarg.0; ldfld C::Hidden; ret", Owner: "C"),
        new(null, "object()", "ldc.i4.0; newarr N; ret", Owner: "C"),
        new(VerifierError.MethodAccess, "void(C)", "ldarg.0; callvirt C::Private; ret"),
        new(VerifierError.MethodAccess, "void()", "ldarg.0; call C::Private; ret", Owner: "D"),
        new(VerifierError.MethodAccess, "void(C)", "ldarg.0; callvirt C::Family; ret"),
        new(VerifierError.FieldAccess, "int(C)", "ldarg.0; ldfld C::Hidden; ret"),
        new(VerifierError.FieldAccess, "void(C)", "ldarg.0; ldc.i4.1; stfld C::Hidden; ret"),
        new(VerifierError.TypeAccess, "object()", "ldc.i4.0; newarr N; ret"),
        new(VerifierError.TypeAccess, "object(object)", "ldarg.0; castclass N; ret"),

        new(null, "void()", "call C::Create<C>; ret"),
        new(null, "void()", "call C::Create<int>; ret"),
        new(null, "void()", "call C::OfClass<string>; ret"),
        new(null, "void()", "call C::OfClass<int[]>; ret"),
        new(null, "void()", "call C::OfStruct<S>; ret"),
        new(null, "void()", "call C::OfC<D>; ret"),
        new(null, "object(S)", "ldc.i4.1; newarr Nullable<S>; ret"),
        new(VerifierError.UnsatisfiedMethodInst, "void()", "call C::Create<A>; ret"),
        new(VerifierError.UnsatisfiedMethodInst, "void()", "call C::Create<string>; ret"),
        new(VerifierError.UnsatisfiedMethodInst, "void()", "call C::Create<T>; ret"),
        new(VerifierError.UnsatisfiedMethodInst, "void()", "call C::OfClass<int>; ret"),
        new(VerifierError.UnsatisfiedMethodInst, "void()", "call C::OfClass<T>; ret"),
        new(VerifierError.UnsatisfiedMethodInst, "void()", "call C::OfStruct<string>; ret"),
        new(VerifierError.UnsatisfiedMethodInst, "void()", "call C::OfStruct<int?>; ret"),
        new(VerifierError.UnsatisfiedMethodInst, "void()", "call C::OfC<string>; ret"),
        new(VerifierError.UnsatisfiedMethodInst, "void()", "call C::OfC<Span<int>>; ret"),
        new(VerifierError.UnsatisfiedTypeInst, "object()", "ldc.i4.1; newarr Nullable<string>; ret"),
        new(VerifierError.UnsatisfiedTypeInst, "object(object)", "ldarg.0; isinst Nullable<string>; pop; ldnull; ret"),

        new(null, "string()", "constrained. W; call IMade::Make; ret"),
        new(null, "Func<string>()", "ldnull; constrained. W; ldftn IMade::Make; newobj Func<string>::.ctor; ret"),
        new(VerifierError.CallAbstract, "string()", "call IMade::Make; ret"),
        new(VerifierError.Constrained, "string()", "constrained. C; call IMade::Make; ret"),
        new(VerifierError.Constrained, "string()", "constrained. T; call IMade::Make; ret"),
        new(VerifierError.Constrained, "int()", "ldc.i4.1; constrained. C; call C::F; ret"),
        new(VerifierError.Constrained, "void()", "constrained. C; nop; ret"),

        new(null, "int(int)", "ldarg.0; tail.; call C::F; ret"),
        new(VerifierError.TailCall, "void()", "tail.; nop; ret"),
        new(VerifierError.TailRet, "void(int)", "ldarg.0; tail.; call C::F; pop; ret"),
        new(VerifierError.TailByRef, "void(int)", "ldarga.s 0; tail.; call C::Ref; ret"),
        new(VerifierError.TailCallInsideER, "void(C)",
            "a: ldarg.0; tail.; callvirt C::M; leave e; b: endfinally; e: ret; .finally a b b e"),
        new(null, "int(int&)", "ldarg.0; volatile.; ldind.i4; ret"),
        new(null, "int()", "volatile.; ldsfld C::Shared; ret"),
        new(null, "int(int&)", "ldarg.0; unaligned. 1; ldind.i4; ret"),
        new(VerifierError.Volatile, "int(int)", "volatile.; ldarg.0; ret"),
        new(VerifierError.Unaligned, "int()", "unaligned. 1; ldsfld C::Shared; ret"),
        new(VerifierError.ReadOnly, "int(int)", "readonly.; ldarg.0; ret"),
        new(VerifierError.BadJumpTarget, "int(int&)", "br a; b: volatile.; a: nop; ldarg.0; ldind.i4; ret"),

        new(null, "int&(int&)", "ldarg.0; call C::Same; ret"),
        new(null, "int&(int&)", "ldarg.0; stloc.0; ldloc.0; ret", Locals: "int&"),
        new(VerifierError.ReturnPtrToStack, "int&(int)", "ldarga.s 0; call C::Same; ret"),
        new(VerifierError.ReturnPtrToStack, "int&(int)", "ldarga.s 0; stloc.0; ldloc.0; ret", Locals: "int&"),
        new(VerifierError.ReturnPtrToStack, "int&(int,int[])",
            "ldarg.1; ldc.i4.0; ldelema int; stloc.0; ldloc.0; pop; ldarga.s 0; stloc.0; ldloc.0; ret", Locals: "int&"),
        new(VerifierError.ReturnPtrToStack, "int&(S)", "ldarga.s 0; ldflda S::X; ret"),
        new(VerifierError.ReturnPtrToStack, "int&()", "ldarg.0; ldflda S::X; ret", Owner: "S"),
        new(VerifierError.ReadOnlyUnexpected, "void(object)", "ldarg.0; unbox S; ldc.i4.1; stfld S::X; ret"),
        new(VerifierError.ReadOnlyUnexpected, "void(object)", "ldarg.0; unbox S; ldflda S::X; ldc.i4.1; stind.i4; ret"),
        new(null, "int(object)", "ldarg.0; unbox S; ldflda S::X; ldind.i4; ret"),
        new(VerifierError.UnmanagedPointer, "void(int*)", "ldarg.0; pop; ret"),
        new(VerifierError.UnmanagedPointer, "int(int*)", "ldarg.0; ldind.i4; ret"),
        new(VerifierError.UnmanagedPointer, "void(nint)", "ldarg.0; call C::Pointer; ret"),
    ];
}
