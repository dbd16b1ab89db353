using System.Reflection;
using KeepalivedAot.Tests.EndToEnd.Laboratory;
using Xunit.v3;

namespace KeepalivedAot.Tests.EndToEnd.Interoperation;

/// <summary>Notes what became of every test in which two routers meet (<c>make interop</c>).</summary>
/// <remarks>Such a test has the two implementations as its arguments: that of the router which leads, then that of the other one.</remarks>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class MatrixAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        Implementation[] roles = [.. test.TestMethodArguments.OfType<Implementation>()];
        if (roles.Length == 2 && TestContext.Current.TestState is { } state)
            Matrix.Add(methodUnderTest, roles[0], roles[1], state.Result == TestResult.Passed);
    }
}
