using Lyra.IlVerify.Reports;

namespace Lyra.Tests.Unit.IlVerify;

/// <summary>Calls, creation of objects, and delegates.</summary>
internal static class CallCases
{
    public static readonly IlCase[] All =
    [
        new(null, "int()", "ldc.i4.1; call C::F; ret"),
        new(null, "void(C)", "ldarg.0; callvirt C::M; ret"),
        new(null, "void(D)", "ldarg.0; call C::M; ret"),
        new(null, "string(C)", "ldarg.0; callvirt C::V; ret"),
        new(null, "string()", "ldarg.0; call C::V; ret", Owner: "C"),
        new(null, "void(IX)", "ldarg.0; callvirt IX::X; ret"),
        new(null, "void(S)", "ldarga.s 0; call S::M; ret"),
        new(null, "string(T)", "ldarga.s 0; constrained. T; callvirt object::ToString; ret"),
        new(null, "string(int)", "ldarga.s 0; constrained. int; callvirt object::ToString; ret"),
        new(null, "C()", "newobj C::.ctor; ret"),
        new(null, "C()", "newobj D::.ctor; ret"),
        new(null, "Action(D)", "ldarg.0; dup; ldvirtftn D::X; newobj Action::.ctor; ret"),
        new(null, "Func<string>(C)", "ldarg.0; dup; ldvirtftn C::V; newobj Func<string>::.ctor; ret"),
        new(null, "Func<object>(C)", "ldarg.0; dup; ldvirtftn C::V; newobj Func<object>::.ctor; ret"),
        new(null, "Func<int,int>()", "ldnull; ldftn C::F; newobj Func<int,int>::.ctor; ret"),
        new(null, "Action(C)", "ldarg.0; ldftn C::M; newobj Action::.ctor; ret"),
        new(null, "void(int)", "ldarga.s 0; call C::Ref; ret"),
        new(null, "void(uint)", "ldarga.s 0; call C::Ref; ret"),
        new(VerifierError.StackUnexpected, "int()", "ldstr a; call C::F; ret"),
        new(VerifierError.StackUnexpected, "string()", "ldc.i4.1; call C::F; ret"),
        new(VerifierError.StackUnderflow, "int()", "ldc.i4.0; pop; call C::F; ret"),
        new(VerifierError.StackUnexpected, "void(object)", "ldarg.0; callvirt C::M; ret"),
        new(VerifierError.StackUnexpected, "void(C)", "ldarg.0; callvirt IX::X; ret"),
        new(VerifierError.StackUnexpected, "void(S)", "ldarg.0; call S::M; ret"),
        new(VerifierError.StackUnexpected, "string(T)", "ldarg.0; callvirt object::ToString; ret"),
        new(VerifierError.CallVirtOnValueType, "void(S)", "ldarga.s 0; callvirt S::M; ret"),
        new(VerifierError.CallVirtOnStatic, "int()", "ldc.i4.1; callvirt C::F; ret"),
        new(VerifierError.CallAbstract, "void()", "ldarg.0; call A::Abstract; ret", Owner: "A"),
        new(VerifierError.ThisMismatch, "string(C)", "ldarg.0; call C::V; ret"),
        new(VerifierError.CallCtor, "void(C)", "ldarg.0; call C::.ctor; ret"),
        new(VerifierError.NewobjAbstract, "A()", "newobj A::.ctor; ret"),
        new(VerifierError.CtorExpected, "void()", "newobj C::M; pop; ret"),
        new(VerifierError.StackUnexpected, "string(long)", "ldarga.s 0; constrained. int; callvirt object::ToString; ret"),
        new(VerifierError.Constrained, "void(S)", "ldarga.s 0; constrained. S; callvirt IX::X; ret"),
        new(VerifierError.DelegateCtor, "Action()", "ldnull; ldftn C::F; newobj Action::.ctor; ret"),
        new(VerifierError.DelegateCtor, "Func<string>(C)", "ldarg.0; ldftn C::M; newobj Func<string>::.ctor; ret"),
        new(VerifierError.StackUnexpected, "Action(string)", "ldarg.0; ldftn C::M; newobj Action::.ctor; ret"),
        new(VerifierError.ThisMismatch, "Func<string>(C)", "ldarg.0; ldftn C::V; newobj Func<string>::.ctor; ret"),
        new(VerifierError.DelegatePattern, "Action(nint)", "ldnull; ldarg.0; newobj Action::.ctor; ret"),
        new(VerifierError.DelegatePattern, "Func<string>(C)", "ldarg.0; ldarg.0; ldvirtftn C::V; newobj Func<string>::.ctor; ret"),
        new(VerifierError.LdvirtftnOnStatic, "void(C)", "ldarg.0; ldvirtftn C::F; pop; ret"),
        new(VerifierError.LdftnCtor, "void()", "ldftn C::.ctor; pop; ret"),
        new(VerifierError.StackUnexpected, "void(long)", "ldarga.s 0; call C::Ref; ret"),
        new(VerifierError.StackUnexpected, "void(int)", "ldarg.0; call C::Ref; ret"),
        new(VerifierError.ReadOnlyUnexpected, "void(C)", "ldarg.0; ldflda C::Fixed; call C::Ref; ret"),

        new(null, "Func<string>(C,bool)",
            "ldarg.1; brtrue a; ldnull; ret; a: ldarg.0; dup; ldvirtftn C::V; newobj Func<string>::.ctor; ret"),
        new(VerifierError.DelegatePattern, "Func<string>(C,C,bool)",
            "ldarg.2; brtrue a; ldarg.0; ldarg.1; br b; a: ldarg.0; dup; b: ldvirtftn C::V; newobj Func<string>::.ctor; ret"),
        new(VerifierError.DelegatePattern, "Func<string>(C,C,bool)",
            "ldarg.2; brtrue a; ldarg.0; ldarg.1; ldvirtftn C::V; br b; a: ldarg.0; dup; ldvirtftn C::V; b: newobj Func<string>::.ctor; "
                + "ret"),
        new(VerifierError.DelegatePattern, "Action(C,bool)",
            "ldarg.1; brtrue a; ldarg.0; ldftn C::M; br b; a: ldarg.0; ldftn C::M; b: newobj Action::.ctor; ret"),
    ];
}
