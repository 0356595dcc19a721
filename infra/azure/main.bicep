// Board Assistant on Azure: one web app with its identity, PostgreSQL in a private network without passwords, the bot, logs and alerts.
targetScope = 'resourceGroup'

@description('Prefix of every resource; 3 to 20 lower-case letters, digits and hyphens.')
@minLength(3)
@maxLength(20)
param baseName string

@description('Where it all stands; the United Kingdom unless another place is named.')
param location string = 'uksouth'

@description('Tags of every resource.')
param tags object = {
  application: 'board-assistant'
}

@description('Client id of the one app registration: Graph and tab.')
param botAppId string

@description('Tenant of the app registration.')
param tenantId string = subscription().tenantId

@description('The boards and their sites: my-board=contoso.sharepoint.com:/sites/board, joined by commas.')
param boardSites string

@description('Id of the app as Teams knows it; links in cards open the tab inside Teams.')
param teamsAppId string

@description('Id of the app in the catalogue of the tenant; "none" until it is published there.')
param teamsCatalogueId string

@description('Address of the service mailbox; "none" where no e-mail and no invitation is to leave.')
param serviceMailbox string

@description('Addresses that may be sent a test, joined by commas; "none" for the secretary alone.')
param administratorAddresses string

@description('E-mail address of those who run the service; alerts go there.')
param alertAddress string

@description('Size of the web app; B1 is enough for one board.')
param webAppSku string = 'B1'

@description('Size of the database server.')
param databaseSku string = 'Standard_B1ms'

@description('Whether metrics and traces go to Application Insights.')
param sendTelemetry bool = true

@description('How long logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

var unique = uniqueString(resourceGroup().id, baseName)
var webAppName = '${baseName}-${unique}'
var publicDomain = '${webAppName}.azurewebsites.net'
var databaseName = 'board'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${baseName}-identity'
  location: location
  tags: tags
}

module network 'network.bicep' = {
  name: 'network'
  params: {
    baseName: baseName
    location: location
    tags: tags
  }
}

module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  params: {
    baseName: baseName
    location: location
    tags: tags
    alertAddress: alertAddress
    retentionDays: logRetentionDays
  }
}

module database 'database.bicep' = {
  name: 'database'
  params: {
    serverName: '${baseName}-${unique}'
    databaseName: databaseName
    location: location
    tags: tags
    sku: databaseSku
    tenantId: tenantId
    subnetId: network.outputs.databaseSubnetId
    zoneId: network.outputs.zoneId
    workspaceId: monitoring.outputs.workspaceId
    administratorId: identity.properties.principalId
    administratorName: identity.name
  }
}

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '${baseName}-plan'
  location: location
  tags: tags
  kind: 'linux'
  sku: {
    name: webAppSku
  }
  properties: {
    reserved: true
  }
}

resource webApp 'Microsoft.Web/sites@2023-12-01' = {
  name: webAppName
  location: location
  tags: tags
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    virtualNetworkSubnetId: network.outputs.webAppSubnetId
    siteConfig: {
      linuxFxVersion: 'NODE|24-lts'
      appCommandLine: 'node dist/bot/main.js'
      alwaysOn: true
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      http20Enabled: true
      // Alive, not ready: restarting mends no SharePoint that does not answer. An alert tells of that.
      healthCheckPath: '/health/live'
      appSettings: [
        { name: 'BOARD_MODE', value: 'production' }
        { name: 'TENANT_ID', value: tenantId }
        { name: 'BOT_APP_ID', value: botAppId }
        { name: 'BOT_ID', value: identity.properties.clientId }
        { name: 'MANAGED_IDENTITY_CLIENT_ID', value: identity.properties.clientId }
        { name: 'BOARD_SITES', value: boardSites }
        { name: 'PUBLIC_URL', value: 'https://${publicDomain}' }
        { name: 'DATABASE_URL', value: 'postgres://${identity.name}@${database.outputs.host}:5432/${databaseName}?authentication=entra&client_id=${identity.properties.clientId}' }
        { name: 'TEAMS_APP_ID', value: teamsAppId }
        // Of each instance its own: what stands in the home directory is shared by all, and readable by all.
        { name: 'OPERATOR_FILE', value: '/var/tmp/board-assistant/operator.json' }
        // An empty setting is one that is not there.
        { name: 'TEAMS_CATALOGUE_ID', value: teamsCatalogueId == 'none' ? '' : teamsCatalogueId }
        { name: 'SERVICE_MAILBOX', value: serviceMailbox == 'none' ? '' : serviceMailbox }
        { name: 'ADMINISTRATOR_ADDRESSES', value: administratorAddresses == 'none' ? '' : administratorAddresses }
        { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: sendTelemetry ? availability.outputs.connectionString : '' }
        // The package is built before it is sent.
        { name: 'SCM_DO_BUILD_DURING_DEPLOYMENT', value: 'false' }
      ]
    }
  }
}

// Nobody deploys with a password: the toolkit and the Azure command line sign in with Entra.
resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: webApp
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noDeploymentPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: webApp
  name: 'scm'
  properties: {
    allow: false
  }
}

resource webAppLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: webApp
  properties: {
    workspaceId: monitoring.outputs.workspaceId
    logs: [
      { category: 'AppServiceConsoleLogs', enabled: true }
      { category: 'AppServicePlatformLogs', enabled: true }
    ]
  }
}

// The web app does not answer: its health check counts the instances that do.
resource unhealthy 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${baseName}-unhealthy'
  location: 'global'
  tags: tags
  properties: {
    description: 'The service does not answer its health check.'
    severity: 1
    enabled: true
    scopes: [webApp.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'healthy'
          metricName: 'HealthCheckStatus'
          operator: 'LessThan'
          threshold: 100
          timeAggregation: 'Average'
        }
      ]
    }
    actions: [
      { actionGroupId: monitoring.outputs.operatorsId }
    ]
  }
}

module availability 'availability.bicep' = {
  name: 'availability'
  params: {
    baseName: baseName
    location: location
    tags: tags
    url: 'https://${publicDomain}/health/ready'
    workspaceId: monitoring.outputs.workspaceId
    operatorsId: monitoring.outputs.operatorsId
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${baseName}-${unique}'
  location: 'global'
  tags: tags
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: 'Board Assistant'
    endpoint: 'https://${publicDomain}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: tenantId
    msaAppType: 'UserAssignedMSI'
    disableLocalAuth: true
  }
}

resource teamsChannel 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
  }
}

// Kept by the toolkit in its environment file; manifest and deployment use them.
output PUBLIC_DOMAIN string = publicDomain
output BOT_ID string = identity.properties.clientId
output APP_SERVICE_RESOURCE_ID string = webApp.id
output MANAGED_IDENTITY_PRINCIPAL_ID string = identity.properties.principalId
