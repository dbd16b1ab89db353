using System.Reflection;
using KeepalivedAot.Tests.EndToEnd.Laboratory;
using Xunit.v3;

namespace KeepalivedAot.Tests.EndToEnd.Interoperation;

/// <summary>Notes what became of every test that says something of stock keepalived (<c>make interop</c>).</summary>
/// <remarks>
/// One in which two routers meet has the two implementations as its arguments: that of the router which leads, then that of the other one.
/// One with a single router is marked with <see cref="BesideStockAttribute"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class MatrixAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (TestContext.Current.TestState is not { } state)
            return;
        bool hasPassed = state.Result == TestResult.Passed;
        Implementation[] roles = [.. test.TestMethodArguments.OfType<Implementation>()];
        if (roles.Length == 2)
            Matrix.AddPair(methodUnderTest, roles[0], roles[1], hasPassed);
        else if (methodUnderTest.GetCustomAttribute<BesideStockAttribute>() is null)
            return;
        else if (roles.Length == 1)
            Matrix.AddAlone(methodUnderTest, roles[0], hasPassed);
        else
            Matrix.AddComparison(methodUnderTest, hasPassed);
    }
}
